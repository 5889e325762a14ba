import Kit
import Scheduling
import Store
import Web

/// The page of the wrap-up: five rows, of which the first is enough.
struct ShowWrapUp: UseCase {
  var session: ID<Session>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> WrapUpPage {
    let found = try Session.find(session, for: viewer, tx)
    let summary = try Sessions.summary(session, viewer, tx, world)
    let isSent = try WrapUpRow.exists(session, by: viewer.person, org: viewer.org, tx)
    let isOpen = !isSent && [.booked, .met].contains(found.state) && found.start <= world.now()
    let skills = try found.ask.map { try Ask.skills(of: $0, org: viewer.org, tx) } ?? []
    let mentee = try Addressee.find(found.mentee, org: viewer.org, tx)?.viewer() ?? viewer
    let lessons = isOpen ? try Lessons.suggest(skills: skills, for: mentee, limit: 3, tx) : []
    let booked = isOpen ? try Sessions.next(after: found, tx, world) : nil
    let free =
      isOpen && booked == nil
      ? try PersonTime.commonStarts(
        host: found.mentor, guest: found.mentee, minutes: found.minutes, from: max(found.start + .days(14), world.now()), count: 1,
        org: viewer.org,
        tx, world) : []
    return WrapUpPage(
      session: summary, action: "/sessions/\(session)/wrap-up", isOpen: isOpen, isSent: isSent,
      rows: isOpen
        ? WrapUpRows(page: summary, lessons: lessons, booked: booked, next: free.first, viewer: viewer, world: world).all : [],
      nextStart: free.first)
  }
}

struct WrapUpPage: Output {
  struct Row: Output {
    let title: String
    /// Fields beside each other.
    let isInline: Bool
    /// Folded away until it is wanted; nil for a row that is always shown.
    let summary: String?
    let form: Form
  }

  let session: SessionSummary
  let action: String
  let isOpen: Bool
  let isSent: Bool
  let rows: [Row]
  let nextStart: Instant?
}

/// The rows of the form. Each is a form of its own to the frame, so that refusals find their fields.
struct WrapUpRows {
  let page: SessionSummary
  let lessons: [LessonSummary]
  /// The session that the two have already booked after this one.
  let booked: Session?
  /// A time at which they could meet, when they have none.
  let next: Instant?
  let viewer: Viewer
  let world: World

  private var action: String { "/sessions/\(page.id)/wrap-up" }
  private var with: String { firstName(page.with.name) }

  var all: [WrapUpPage.Row] {
    [takeAway] + promises + (lessons.isEmpty ? [] : [lesson]) + [whatNext, rating]
  }

  private func row(_ title: String, inline: Bool = false, summary: String? = nil, _ fields: [Form.Field]) -> WrapUpPage.Row {
    WrapUpPage.Row(title: title, isInline: inline, summary: summary, form: Form(action, button: "", fields))
  }

  private var takeAway: WrapUpPage.Row {
    row(
      "",
      [
        .area("insight", "The one thing I take away", rows: 2, max: 500),
        .checkbox("make_card", "Make this a card, so that it comes back before I forget it", checked: true),
      ])
  }

  private var promises: [WrapUpPage.Row] {
    (0..<3).map { place in
      row(
        place == 0 ? "Who will do what?" : "", inline: true, summary: place == 0 ? nil : "Action \(place + 1)",
        [
          .text(
            "actions.\(place).text", place == 0 ? "I will …" : "Action \(place + 1)",
            placeholder: place == 0 ? "Ask for the budget figures" : nil,
            optional: true, max: 200),
          .choose(.select, "actions.\(place).due", "By", dates), .choose(.select, "actions.\(place).owner", "Who", owners),
        ])
    }
  }

  private var owners: [Form.Option] { [.init("me", "Me", chosen: true), .init("other", with)] }

  /// The coming Friday, in two weeks, in four; never at a weekend.
  private var dates: [Form.Option] {
    let today = viewer.today(world)
    let friday = today.adding(days: (5 - today.weekday.rawValue + 7) % 7)
    let soon = friday == today ? today.adding(days: 7) : friday
    let (later, last) = (today.adding(days: 14).workingDay, today.adding(days: 28).workingDay)
    return [(soon, ""), (later, " (in 2 weeks)"), (last, " (in 4 weeks)")].enumerated().map { place, date in
      Form.Option(date.0.description, DisplayTime.day(date.0) + date.1, chosen: place == 1)
    }
  }

  private var lesson: WrapUpPage.Row {
    row(
      "",
      [
        .choose(
          .chips, "lesson", page.isMentor ? "A lesson for \(with)" : "A lesson for it",
          [.init("", "None", chosen: true)] + lessons.map { Form.Option($0.id.description, $0.title, help: $0.length) })
      ])
  }

  private var whatNext: WrapUpPage.Row {
    var options = [Form.Option("none", booked == nil ? "Not needed" : "As booked", chosen: true)]
    if let next {
      let words = SharedTime.words(next, zone: viewer.zone, other: (page.with.zone, page.with.name))
      options.append(.init("book", "Book \(words)"))
    }
    options.append(.init("grow", "Meet regularly", help: "Talk about a longer engagement"))
    return row("", [.choose(.chips, "next", "Next", options, help: booked.map { "Your next session: \($0.startWords(viewer))." })])
  }

  private var rating: WrapUpPage.Row {
    let words = ["Not useful", "Little", "Fair", "Useful", "Great"]
    return row(
      "",
      [
        .choose(.chips, "points", "How was it?", words.enumerated().map { Form.Option("\($0 + 1)", $1) }, optional: true),
        .text("line", "A line to \(with)", help: "Shown once both have sent theirs.", optional: true, max: 300),
      ])
  }
}
