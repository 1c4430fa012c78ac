package dev.landfall.kognitiv;

import dev.landfall.connector.settings.Choice;

/** What a sync writes to. */
enum ObjectType implements Choice {
  /** The one kind of object so far: {@code /api/groups/promotionalMember}. */
  PROMOTIONAL_MEMBER_GROUP;

  @Override
  public String id() {
    return "promotional-member-group";
  }

  @Override
  public String label() {
    return "Promotional Member Group";
  }
}
