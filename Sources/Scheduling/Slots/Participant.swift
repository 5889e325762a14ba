/// One of the people a common time is sought for.
public struct Participant: Sendable {
  /// The person's rules.
  public var availability: Availability
  /// The zone `availability.zone` names.
  public var zone: Zone
  /// Busy times in any order, overlapping or not: imported feeds, holds, occupancy. The person's own buffers are kept
  /// free around each of them.
  public var busy: [Interval]
  /// Booked sessions at their real times, without buffers. They count against the weekly minutes and the sessions a
  /// day, and are busy together with the person's buffers; naming them in `busy` as well changes nothing.
  public var sessions: [Interval]

  /// A person with rules, zone and what is already in the calendar.
  public init(availability: Availability, zone: Zone, busy: [Interval] = [], sessions: [Interval] = []) {
    self.availability = availability
    self.zone = zone
    self.busy = busy
    self.sessions = sessions
  }

  /// Looks the zone up by its name; throws ``ZoneError`` when there is none.
  public init(
    availability: Availability, zones: ZoneTables, busy: [Interval] = [], sessions: [Interval] = []
  ) throws(ZoneError) {
    self.init(availability: availability, zone: try zones.zone(availability.zone), busy: busy, sessions: sessions)
  }
}
