import Kit
import Scheduling
import Store
import Web

/// One member's way through the whole loop: ask, mentor, sessions, lessons, cards, use at work, goal reached.
struct CareerStory: Sendable {
  let learner: Viewer
  let mentor: Viewer
  let witness: Viewer
  let first: Kit.Instant
  let days: Int
  let clock: DemoClock
  let world: World
  /// The lessons of the track in their order.
  let lessons: [ID<Lesson>]
  let skills: [ID<Skill>]

  private var goal: ID<Goal>?
  private var milestones: [ID<Milestone>] = []
  private var sessionsMet = 0
  private var lessonsDone = 0
  private var claimed: [ID<Application>] = []
  private var isOver = false
  private var cardsWritten = 0

  init(learner: Viewer, mentor: Viewer, witness: Viewer, first: Kit.Instant, days: Int, clock: DemoClock, world: World, _ tx: Transaction)
    throws
  {
    self.learner = learner
    self.mentor = mentor
    self.witness = witness
    self.first = first
    self.days = days
    self.clock = clock
    self.world = world
    lessons = try tx.values(
      """
      SELECT track_lesson.lesson_id FROM track_lesson JOIN track ON track.org_id = track_lesson.org_id AND track.id = track_lesson.track_id
      WHERE track_lesson.org_id = \(learner.org) AND track.slug = 'from-engineering-to-product' ORDER BY track_lesson.position
      """)
    let known = try Skill.slugs(Set(StoryText.goal.skills ?? []), tx)
    skills = (StoryText.goal.skills ?? []).compactMap { known[$0] }
  }

  /// Thousandths of the whole time that have passed.
  private func share(_ start: Kit.Instant) -> Int { Int((start - first).days.rounded()) * 1000 / max(days, 1) }

  mutating func morning(_ start: Kit.Instant, _ tx: Transaction) throws {
    if goal == nil { try begin(tx) }
    let share = share(start)
    if sessionsMet == 0, try tx.count("SELECT count(*) FROM session WHERE org_id = \(learner.org) AND mentee_id = \(learner.person)") == 0 {
      try ask(tx)
    }
    if share >= 520, claimed.isEmpty { try claim(StoryText.sprint, by: mentor, milestone: 2, tx) }
    if share >= 780, claimed.count == 1 { try claim(StoryText.velocity, by: witness, milestone: 3, tx) }
    if share >= 930, !isOver { try reach(start, tx) }
  }

  private mutating func begin(_ tx: Transaction) throws {
    var open = StoryText.goal
    open.skills = skills.map(\.description)
    let opened = try open(tx, learner, world)
    goal = opened.id
    for title in StoryText.milestones { milestones.append(try AddMilestone(goal: opened.id, title: title)(tx, learner, world).id) }
  }

  /// The ask that begins it, booked with the mentor at the first hour that both have.
  private func ask(_ tx: Transaction) throws {
    var open = OpenAsk(question: StoryText.question)
    open.situation = "changing-role"
    open.kind = "micro"
    open.minutes = 45
    open.commitment = .months
    open.skills = skills.map(\.description)
    open.mentor = mentor.person
    let opened = try open(tx, learner, world)
    guard let start = try hours(from: clock.now, tx).first else { return }
    _ = try BookAsk(ask: opened.ask, mentor: mentor.person, start: start)(tx, learner, world)
  }

  private func hours(from: Kit.Instant, _ tx: Transaction) throws -> [Kit.Instant] {
    try PersonTime.commonStarts(
      host: mentor.person, guest: learner.person, minutes: 45, from: from, count: 3, org: learner.org, tx, world)
  }

  func wrapUp(_ session: Session) -> Bool { session.mentee == learner.person && session.mentor == mentor.person }

  /// Both sides write down what they take away, the mentor gives the next lesson, and the next session is booked.
  mutating func sayWhatWasLearnt(_ session: Session, mentor: Viewer, _ tx: Transaction) throws {
    let words = StoryText.insights[min(sessionsMet, StoryText.insights.count - 1)]
    var own = WrapUp(session: session.id, insight: words.learner)
    own.makeCard = true
    own.actions = [WrapUp.Promise(text: words.promise, due: nil, owner: .me)]
    own.points = 5
    own.line = sessionsMet == 0 ? "Asked the question I had avoided." : nil
    _ = try own(tx, learner, world)
    var theirs = WrapUp(session: session.id, insight: words.mentor)
    theirs.lesson = lessons.indices.contains(lessonsDone) ? lessons[lessonsDone] : nil
    theirs.points = 5
    _ = try theirs(tx, mentor, world)
    sessionsMet += 1
    guard let next = try hours(from: clock.now + .days(max(2, days / 9)), tx).first else { return }
    _ = try Booking.book(
      tx, learner, mentor: mentor.person, mentee: learner.person, start: next, minutes: 45, kind: session.kind,
      title: "Product management, session \(sessionsMet + 1)", question: "", world)
  }

  /// Lessons in the order of the track, one after the other over two thirds of the time.
  mutating func evening(_ start: Kit.Instant, _ tx: Transaction) throws {
    guard let goal else { return }
    // Ten words an evening at first, so that what is known of them by the end is worth looking at.
    for word in StoryCards.all.dropFirst(cardsWritten).prefix(10) {
      _ = try WriteCard(front: word.front, back: word.back)(tx, learner, world)
      cardsWritten += 1
    }
    while lessons.indices.contains(lessonsDone), share(start) >= 40 + lessonsDone * 110 {
      _ = try MoveOn(lesson: lessons[lessonsDone], part: 1)(tx, learner, world)
      _ = try FinishLesson(lesson: lessons[lessonsDone])(tx, learner, world)
      lessonsDone += 1
    }
    if lessonsDone == lessons.count { try tick(0, goal, tx) }
    if share(start) >= 380 { try tick(1, goal, tx) }
  }

  private func tick(_ place: Int, _ goal: ID<Goal>, _ tx: Transaction) throws {
    guard !isOver, milestones.indices.contains(place) else { return }
    let id = milestones[place]
    guard try tx.count("SELECT count(*) FROM milestone WHERE org_id = \(learner.org) AND id = \(id) AND done_at IS NULL") == 1 else {
      return
    }
    _ = try TickMilestone(goal: goal, milestone: id)(tx, learner, world)
  }

  /// Evidence of use at work, confirmed by somebody who saw it.
  private mutating func claim(_ use: (what: String, place: String, skill: String), by witness: Viewer, milestone: Int, _ tx: Transaction)
    throws
  {
    guard let goal else { return }
    let skill = try Skill.slugs([use.skill], tx)[use.skill]
    let added = try AddApplication(
      what: use.what, place: use.place, skill: skill?.description ?? use.skill, goal: goal, confirmer: witness.person.description)(
        tx, learner, world)
    clock.reach(clock.now + .hours(1))
    _ = try ConfirmApplication(application: added.id)(tx, witness, world)
    claimed.append(added.id)
    try tick(milestone, goal, tx)
  }

  private mutating func reach(_ start: Kit.Instant, _ tx: Transaction) throws {
    guard let goal else { return }
    for place in milestones.indices { try tick(place, goal, tx) }
    for skill in skills { _ = try UpdateGap(goal: goal, skill: skill, level: 3)(tx, learner, world) }
    _ = try CloseGoal(goal: goal, outcome: .reached, learned: StoryText.learned)(tx, learner, world)
    _ = try RecordAdvancement(
      kind: .role, words: "Product manager, Checkout", happenedOn: learner.today(world).description, skills: skills.map(\.description))(
        tx, learner, world)
    isOver = true
  }
}
