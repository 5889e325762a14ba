import Kit
import Scheduling
import Store
import Web

/// The form for a group session.
struct NewGroup: UseCase {
  struct Page: Output {
    let zone: String
    let form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    Page(
      zone: DisplayTime.place(viewer.zone),
      form: Form(
        "/groups", button: "Open it", id: "group",
        [
          .choose(
            .radio, "kind", "What is it?",
            [
              .init("group", "Group session", help: "One topic, everybody together", chosen: true),
              .init("office_hours", "Office hours", help: "People come with their own questions"),
            ]),
          .text("title", "Title", max: 120),
          .area("about", "What is it about?", help: "Two sentences are enough.", rows: 3, optional: true, max: 2000),
          .text("date", "Date", type: "date"),
          .text("time", "Time (\(DisplayTime.place(viewer.zone)))", type: "time"),
          .choose(.select, "minutes", "Length", OpenGroup.lengths.map { .init("\($0)", "\($0) minutes", chosen: $0 == 60) }),
          .stepper("seats", "Seats", value: 6, 2...50),
          .text("link", "Where do you meet?", help: "The address of a video call, a room.", optional: true, max: 300),
        ]))
  }
}

/// Opens a group session at a time at which the mentor is free.
struct OpenGroup: UseCase {
  static let lengths = [30, 45, 60, 90, 120]

  var kind: GroupSession.Kind
  var title: String
  var about: String?
  var date: String
  var time: String
  var minutes: Int
  var seats: Int
  var link: String?

  static let rules: [String: Rule] = [
    "title": .text(2...120), "about": .text(0...2000), "date": .date, "time": .time, "minutes": .one(of: lengths),
    "seats": .number(2...50), "link": .text(0...300),
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> GroupPage {
    guard let day = CivilDate(date) else { throw Problem.invalid("date", "Enter a date such as 2026-12-01.") }
    guard let clock = WallTime(typed: time) else { throw Problem.invalid("time", "Enter a time such as 12:00.") }
    let start = SessionSeries.start(on: day, clock, zone: viewer.zone)
    let limit = world.now() + .days(AvailabilityRules.horizonLimit)
    guard start > world.now(), start < limit else { throw Problem.invalid("date", "Choose a time ahead, within half a year.") }
    let id: ID<GroupSession> = world.id()
    let end = start + .minutes(minutes)
    try tx.run(
      """
      INSERT INTO group_session (org_id, id, mentor_id, kind, title, about, link, starts_at, ends_at, zone, wall, seats, taken, sequence, uid,
        created_at, cancel_reason)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(kind), \(title.trimmed), \(about?.trimmed ?? ""),
        \(try MeetingPlace.checked(link ?? "")), \(start), \(end), \(viewer.zone),
        \(Zones.zone(viewer.zone).local(at: start.microseconds).description), \(seats), 0, 0, \("\(viewer.org)-\(id)@tandem".lowercased()),
        \(world.now()), \(""))
      """)
    try Occupancy.take(id.value, viewer.person, from: start, to: end, org: viewer.org, tx, world)
    try tx.record(viewer, "group.opened", id, ["seats": "\(seats)"], world)
    guard let group = try GroupSession.find(id, org: viewer.org, tx) else { throw Problem.notFound }
    try GroupMail.plan(group, to: viewer.person, .seated, tx, world)
    try GroupReminder.plan(group, viewer.person, tx, world)
    return try ShowGroup(group: id)(tx, viewer, world)
  }
}
