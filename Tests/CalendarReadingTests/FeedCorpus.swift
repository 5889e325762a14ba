/// Calendars as programs write them, each with what it means.
struct FeedCase: Sendable, CustomStringConvertible {
  let name: String
  let lines: [String]
  /// UTC start and minutes.
  let times: [String]
  /// Whether the quick reader has to manage without libical.
  let isQuick: Bool

  init(_ name: String, quick: Bool = true, _ lines: [String], _ times: [String]) {
    self.name = name
    self.lines = lines
    self.times = times
    isQuick = quick
  }

  var description: String { name }

  var bytes: [UInt8] { FeedScene.calendar(lines) }

  static let ownZone = """
    BEGIN:VTIMEZONE
    TZID:Somewhere
    BEGIN:STANDARD
    DTSTART:19701025T030000
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:19700329T020000
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    END:DAYLIGHT
    END:VTIMEZONE
    """.split(separator: "\n").map(String.init)

  static func event(_ lines: String..., uid: String = "a") -> [String] { FeedScene.event(lines, uid: uid) }

  static let all: [FeedCase] = singles + repetitions + changes + odd

  private static let singles: [FeedCase] = [
    FeedCase("UTC with an end", event("DTSTART:20260302T080000Z", "DTEND:20260302T090000Z"), ["2026-03-02T08:00 60"]),
    FeedCase(
      "an IANA zone and a duration", event("DTSTART;TZID=Europe/Berlin:20260302T090000", "DURATION:PT1H30M"), ["2026-03-02T08:00 90"]),
    FeedCase("a quoted zone", event("DTSTART;TZID=\"America/New_York\":20260302T090000", "DURATION:PT1H"), ["2026-03-02T14:00 60"]),
    FeedCase("floating times are the owner's", event("DTSTART:20260402T090000", "DTEND:20260402T100000"), ["2026-04-02T07:00 60"]),
    FeedCase("a whole day without an end", event("DTSTART;VALUE=DATE:20260302"), ["2026-03-01T23:00 1440"]),
    FeedCase(
      "two whole days across a change of clocks", event("DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330"),
      ["2026-03-27T23:00 2820"]),
    FeedCase("a transparent event is free", event("DTSTART:20260302T080000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"), []),
    FeedCase("a cancelled event is free", event("DTSTART:20260302T080000Z", "DURATION:PT1H", "STATUS:CANCELLED"), []),
    FeedCase("an event without length takes no time", event("DTSTART:20260302T080000Z"), []),
    FeedCase("an end before the start takes no time", event("DTSTART:20260302T080000Z", "DTEND:20260302T070000Z"), []),
    FeedCase(
      "a time in the gap is an hour later", event("DTSTART;TZID=Europe/Berlin:20260329T023000", "DURATION:PT30M"),
      ["2026-03-29T01:30 30"]),
    FeedCase(
      "a zone by its name in Windows", event("DTSTART;TZID=W. Europe Standard Time:20260402T090000", "DURATION:PT1H"),
      ["2026-04-02T07:00 60"]),
    FeedCase(
      "folded lines, lower case and alarms",
      [
        "BEGIN:VEVENT", "UID:a", "dtstart;TZID=Europe/Ber", " lin:20260402T0900", "\t00", "DURATION:PT1H", "DESCRIPTION:x", " DTSTART:no",
        "BEGIN:VALARM", "TRIGGER:-PT5M", "DURATION:PT9H", "END:VALARM", "END:VEVENT",
      ], ["2026-04-02T07:00 60"]),
    FeedCase(
      "tasks and notes are not busy",
      ["BEGIN:VTODO", "UID:t", "DTSTART:20260302T080000Z", "DUE:20260302T090000Z", "END:VTODO"]
        + event("DTSTART:20260303T080000Z", "DURATION:PT1H"), ["2026-03-03T08:00 60"]),
  ]

  private static let repetitions: [FeedCase] = [
    FeedCase(
      "weekly across a change of clocks", event("DTSTART;TZID=Europe/Berlin:20260323T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"),
      ["2026-03-23T08:00 60", "2026-03-30T07:00 60", "2026-04-06T07:00 60"]),
    FeedCase(
      "weekly since years ago",
      event("DTSTART;TZID=Europe/Berlin:20150105T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20260209T080000Z"),
      ["2026-02-02T08:00 60", "2026-02-09T08:00 60"]),
    FeedCase(
      "every other week counted from Sunday",
      event("DTSTART:20260301T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO;COUNT=4"),
      ["2026-03-01T10:00 60", "2026-03-02T10:00 60", "2026-03-15T10:00 60", "2026-03-16T10:00 60"]),
    FeedCase(
      "daily on weekdays until a date", event("DTSTART:20260306T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYDAY=MO,FR;UNTIL=20260309"),
      ["2026-03-06T10:00 60", "2026-03-09T10:00 60"]),
    FeedCase(
      "the second Tuesday and the last day of months",
      event("DTSTART:20260210T100000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=2")
        + event("DTSTART:20260228T100000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", uid: "b"),
      ["2026-02-10T10:00 60", "2026-02-28T10:00 60", "2026-03-10T10:00 60", "2026-03-31T10:00 60"]),
    FeedCase(
      "the 31st skips short months", event("DTSTART:20260131T100000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;COUNT=3"),
      ["2026-03-31T10:00 60", "2026-05-31T10:00 60"]),
    FeedCase(
      "a birthday", event("DTSTART;VALUE=DATE:19840401", "RRULE:FREQ=YEARLY"), ["2026-03-31T22:00 1440"]),
    FeedCase(
      "a night across midnight and a change of clocks keeps its elapsed length",
      event("DTSTART;TZID=Europe/Berlin:20260327T220000", "DTEND;TZID=Europe/Berlin:20260328T060000", "RRULE:FREQ=DAILY;COUNT=2"),
      ["2026-03-27T21:00 480", "2026-03-28T21:00 480"]),
    FeedCase(
      "a duration in days is told by the wall",
      event("DTSTART;TZID=Europe/Berlin:20260327T220000", "DURATION:P1D", "RRULE:FREQ=DAILY;COUNT=2"),
      ["2026-03-27T21:00 1440", "2026-03-28T21:00 1380"]),
    FeedCase(
      "the last working day of the month", quick: false,
      event("DTSTART:20260227T100000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2"),
      ["2026-02-27T10:00 60", "2026-03-31T10:00 60"]),
    FeedCase(
      "a start outside its own rule counts", quick: false,
      event("DTSTART:20260302T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=1"),
      ["2026-03-02T10:00 60", "2026-03-03T10:00 60"]),
  ]

  private static let changes: [FeedCase] = [
    FeedCase(
      "exceptions take instances out",
      event(
        "DTSTART;TZID=Europe/Berlin:20260323T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Europe/Berlin:20260330T090000,20260406T090000"), ["2026-03-23T08:00 60", "2026-04-13T07:00 60"]),
    FeedCase(
      "an exception written as a date takes out the day",
      event("DTSTART:20260302T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20260303"),
      ["2026-03-02T10:00 60"]),
    FeedCase(
      "additions, each instant once",
      event(
        "DTSTART:20260302T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "RDATE:20260303T100000Z,20260310T120000Z",
        "EXDATE:20260302T100000Z"), ["2026-03-03T10:00 60", "2026-03-10T12:00 60"]),
    FeedCase(
      "an addition with a length of its own", quick: false,
      event("DTSTART:20260302T100000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20260310T120000Z/PT3H,20260311T120000Z/20260311T123000Z"),
      ["2026-03-02T10:00 60", "2026-03-10T12:00 180", "2026-03-11T12:00 30"]),
    FeedCase(
      "a moved instance frees its old place",
      event("RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000", "DTSTART;TZID=Europe/Berlin:20260331T150000", "DURATION:PT2H")
        + event("DTSTART;TZID=Europe/Berlin:20260323T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"),
      ["2026-03-23T08:00 60", "2026-03-31T13:00 120", "2026-04-06T07:00 60"]),
    FeedCase(
      "a cancelled instance leaves a hole",
      event("DTSTART:20260302T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")
        + event("RECURRENCE-ID:20260303T100000Z", "DTSTART:20260303T100000Z", "DURATION:PT1H", "STATUS:CANCELLED"),
      ["2026-03-02T10:00 60"]),
    FeedCase(
      "an invitation to one instance alone stands for itself",
      event("RECURRENCE-ID:20260303T100000Z", "DTSTART:20260303T110000Z", "DURATION:PT1H"), ["2026-03-03T11:00 60"]),
    FeedCase(
      "whole days: one of them moved",
      event("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=DAILY;COUNT=3")
        + event("RECURRENCE-ID;VALUE=DATE:20260303", "DTSTART;VALUE=DATE:20260310"),
      ["2026-03-01T23:00 1440", "2026-03-03T23:00 1440", "2026-03-09T23:00 1440"]),
  ]

  private static let odd: [FeedCase] = [
    FeedCase(
      "a zone the file defines itself", quick: false,
      ownZone + event("DTSTART;TZID=Somewhere:20260323T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"),
      ["2026-03-23T08:00 60", "2026-03-30T07:00 60"]),
    FeedCase(
      "gap and fold of a zone the file defines", quick: false,
      ownZone + event("DTSTART;TZID=Somewhere:20260329T023000", "DURATION:PT30M"), ["2026-03-29T01:30 30"]),
    FeedCase(
      "an unknown zone falls back on the calendar's own", quick: false,
      ["X-WR-TIMEZONE:Asia/Kolkata"] + event("DTSTART;TZID=Nowhere:20260323T090000", "DURATION:PT1H"), ["2026-03-23T03:30 60"]),
    FeedCase(
      "an unknown zone is read by the owner's clock", quick: false, event("DTSTART;TZID=Nowhere:20260323T090000", "DURATION:PT1H"),
      ["2026-03-23T08:00 60"]),
    FeedCase(
      "a longer name that ends in an IANA zone", quick: false,
      event("DTSTART;TZID=/example.org/2021/America/New_York:20260402T090000", "DURATION:PT1H"), ["2026-04-02T13:00 60"]),
    FeedCase(
      "broken events do not take others with them", quick: false,
      event("DTSTART:20260230T100000Z", "DURATION:PT1H") + event("DTSTART:garbage", "DURATION:PT1H", uid: "b")
        + event("no colon here", "DTSTART:20260303T110000Z", "DURATION:PT1H", uid: "c"), ["2026-03-03T11:00 60"]),
    FeedCase(
      "rules by the second are not begun", quick: false,
      event("DTSTART:20260303T110000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), ["2026-03-03T11:00 60"]),
  ]
}
