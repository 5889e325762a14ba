/// A host made ready once for sessions of one length, for searches with one guest after another.
public struct HostTime: Sendable {
  /// The host.
  public let participant: Participant
  private let minutes: Int
  private let kind: String?
  private let free: FreeTime?

  /// Prepares a host; the arguments are those of ``SlotSearch/init(host:guests:minutes:kind:now:)``.
  /// - Complexity: O(b log b) in the host's busy times and sessions.
  public init(_ participant: Participant, minutes: Int, kind: String? = nil) {
    self.participant = participant
    self.minutes = minutes
    self.kind = kind
    free = (1...1_440).contains(minutes) ? FreeTime(participant, minutes: minutes, kind: kind) : nil
  }

  /// What is prepared, made anew for another length or kind; nil when limits leave no room at all.
  func free(minutes: Int, kind: String?) -> FreeTime? {
    minutes == self.minutes && kind == self.kind ? free : HostTime(participant, minutes: minutes, kind: kind).free
  }
}
