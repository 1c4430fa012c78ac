package dev.landfall.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxStateTest {

  @TempDir Path folder;

  private void in(Consumer<SandboxState> work) {
    SandboxState state = SandboxState.open(folder);
    try {
      work.accept(state);
    } finally {
      state.close();
    }
  }

  private Path journal() {
    return folder.resolve("groups.log");
  }

  @Test
  void groupsAndMembersOutliveTheSandbox() {
    in(
        state -> {
          state.createGroup("VIP 2026/é");
          state.createGroup("other");
          assertThat(state.add("VIP 2026/é", "1")).isTrue();
          assertThat(state.add("VIP 2026/é", "1")).isFalse();
          state.add("VIP 2026/é", "a b\n+c");
          state.add("other", "2");
          assertThat(state.remove("other", "2")).isTrue();
          assertThat(state.remove("other", "2")).isFalse();
        });
    in(
        state -> {
          assertThat(state.groups()).containsExactly("VIP 2026/é", "other");
          assertThat(state.members("VIP 2026/é")).containsExactly("1", "a b\n+c");
          assertThat(state.size("other")).isZero();
        });
  }

  @Test
  void aChangeIsInTheFileBeforeItIsTold() {
    in(
        state -> {
          state.createGroup("vip");
          state.add("vip", "7");
          assertThat(journal()).content().endsWith("+ 0 7\n");
          state.remove("vip", "7");
          assertThat(journal()).content().endsWith("- 0 7\n");
        });
  }

  @Test
  void aTornLastLineIsCutOff() throws IOException {
    in(
        state -> {
          state.createGroup("vip");
          state.add("vip", "7");
        });
    Files.writeString(journal(), "+ 0 8", StandardOpenOption.APPEND);
    in(
        state -> {
          assertThat(state.members("vip")).containsExactly("7");
          state.add("vip", "9");
        });
    in(state -> assertThat(state.members("vip")).containsExactly("7", "9"));
  }

  @Test
  void aFileThatIsNothingButATornLineIsAnEmptyOne() throws IOException {
    Files.writeString(journal(), "g 0 vi");
    in(state -> assertThat(state.groups()).isEmpty());
  }

  @Test
  void aForeignLineIsRefusedByItsNumberAndLeftAlone() throws IOException {
    Files.writeString(journal(), "g 0 vip\nnonsense\n");
    assertThatIllegalStateException()
        .isThrownBy(() -> SandboxState.open(folder))
        .withMessageContaining("Line 2 of")
        .withMessageContaining("delete the file");
    assertThat(journal()).content().isEqualTo("g 0 vip\nnonsense\n");
    Files.delete(journal());
    in(state -> assertThat(state.groups()).as("the folder was let go").isEmpty());
  }

  @Test
  void theFileIsCompactedAtTheStart() throws IOException {
    in(
        state -> {
          state.createGroup("gone");
          state.createGroup("vip");
          for (int i = 0; i < 100; i++) {
            state.add("vip", "7");
            state.remove("vip", "7");
          }
          state.add("vip", "8");
          state.removeGroup("gone");
        });
    in(state -> assertThat(state.groups()).containsExactly("vip"));
    assertThat(Files.readAllLines(journal())).containsExactly("g 0 vip", "+ 0 8");
  }

  @Test
  void aGroupThatIsMadeAgainIsEmpty() {
    in(
        state -> {
          state.createGroup("vip");
          state.add("vip", "7");
          state.removeGroup("vip");
          assertThat(state.hasGroup("vip")).isFalse();
          state.createGroup("vip");
        });
    in(state -> assertThat(state.members("vip")).isEmpty());
  }

  @Test
  void aGroupThatDoesNotExistTakesNoMembers() {
    in(
        state ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> state.add("vip", "7"))
                .withMessageContaining("vip"));
  }

  @Test
  void aFolderIsUsedByOneSandboxAtATime() {
    in(
        state ->
            assertThatIllegalStateException()
                .isThrownBy(() -> SandboxState.open(folder))
                .withMessageContaining("Another sandbox"));
  }

  @Test
  void aFolderThatIsMadeIsItsOwnersAlone() throws IOException {
    Path made = folder.resolve("a/b");
    SandboxState.open(made).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }
}
