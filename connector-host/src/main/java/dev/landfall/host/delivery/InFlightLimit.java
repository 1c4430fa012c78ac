package dev.landfall.host.delivery;

/** How many batches may be under way at once, and how closely they may follow each other. */
interface InFlightLimit {

  /** How many batches may be under way now. */
  int batches();

  /** How long after one batch the next may begin, in nanoseconds; 0 for at once. */
  long intervalNanos();

  /** The application answered a batch, with anything but a refusal for want of capacity. */
  void answered(long begunNanos, long nowNanos);

  /**
   * The application refused a batch because it gets too many.
   *
   * @param resumesNanos when sending goes on
   */
  void throttled(long begunNanos, long resumesNanos);

  /** Nobody answered a batch. */
  void unanswered(long begunNanos, long nowNanos);

  /** A limit that stays as it is. */
  static InFlightLimit fixed(int batches) {
    return new InFlightLimit() {
      @Override
      public int batches() {
        return batches;
      }

      @Override
      public long intervalNanos() {
        return 0;
      }

      @Override
      public void answered(long begunNanos, long nowNanos) {}

      @Override
      public void throttled(long begunNanos, long resumesNanos) {}

      @Override
      public void unanswered(long begunNanos, long nowNanos) {}
    };
  }
}
