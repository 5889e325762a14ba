import Testing

@testable import Matching

@Suite struct RotationTests {
  static func event(_ dice: inout Dice, mentees: Int, mentors: Int, rounds: Int) -> RotationRequest {
    var rows = PairRows(areWeights: true)
    for mentee in 0..<mentees {
      for mentor in 0..<mentors where dice.chance(70) {
        rows.append(mentee: Int32(mentee), mentor: Int32(mentor), weight: Int32(dice.roll(1...20)))
      }
    }
    let people = { (count: Int, dice: inout Dice) in
      (0..<count).map { _ in RotationRequest.Attendee(least: dice.roll(0...2), most: dice.roll(2...max(2, rounds))) }
    }
    return RotationRequest(
      table: PairTable(rows, mentees: mentees, mentors: mentors), mentees: people(mentees, &dice), mentors: people(mentors, &dice),
      rounds: rounds)
  }

  /// No clash, no repeat, only allowed pairs, tables told apart, rounds evenly long.
  static func expectValid(_ rotation: Rotation, _ request: RotationRequest, isEven: Bool, _ comment: Comment) {
    var places: Set<[Int]> = []
    var pairs = Set(request.played.map { [$0.mentee, $0.mentor] } + request.met.map { [$0.mentee, $0.mentor] })
    var sizes: [Int: Int] = [:]
    for meeting in rotation.meetings {
      #expect(places.insert([0, meeting.round, meeting.mentee]).inserted, comment)
      #expect(places.insert([1, meeting.round, meeting.mentor]).inserted, comment)
      #expect(places.insert([2, meeting.round, meeting.table]).inserted, comment)
      #expect(pairs.insert([meeting.mentee, meeting.mentor]).inserted, comment)
      #expect(request.table.number(mentee: meeting.mentee, mentor: meeting.mentor) != nil, comment)
      #expect((request.firstRound...request.rounds).contains(meeting.round), comment)
      #expect(request.mentees[meeting.mentee].present?.contains(meeting.round) ?? true, comment)
      #expect(request.mentors[meeting.mentor].present?.contains(meeting.round) ?? true, comment)
      sizes[meeting.round, default: 0] += 1
    }
    if isEven {
      let all = (request.firstRound...request.rounds).map { sizes[$0] ?? 0 }
      #expect((all.max() ?? 0) - (all.min() ?? 0) <= 1, comment)
    }
  }

  @Test("a plan has no clash and no repeat, equal rounds, and reaches the best match of pairs")
  func plans() throws {
    var dice = Dice(state: 77)
    for number in 0..<60 {
      let rounds = dice.roll(1...6)
      let request = Self.event(&dice, mentees: dice.roll(0...9), mentors: dice.roll(0...7), rounds: rounds)
      let rotation = try request.plan()
      Self.expectValid(rotation, request, isEven: true, "event \(number)")
      let places = { (people: [RotationRequest.Attendee]) in
        people.map { PlaceRange(least: min($0.least, $0.most, rounds), most: min($0.most, rounds)) }
      }
      let best = try MatchProblem(table: request.table, mentees: places(request.mentees), mentors: places(request.mentors)).solve(.coverage)
      #expect(rotation.objective.pairs == best.objective.pairs && rotation.objective.weight == best.objective.weight)
    }
  }

  @Test("rounds played stay, people who leave are left alone, the rest is planned anew")
  func dropOuts() throws {
    var dice = Dice(state: 78)
    for number in 0..<60 {
      var request = Self.event(&dice, mentees: 8, mentors: 6, rounds: 5)
      let first = try request.plan()
      request.firstRound = dice.roll(2...5)
      request.played = first.meetings.filter { $0.round < request.firstRound }.map { ($0.round, $0.mentee, $0.mentor) }
      for person in request.mentees.indices where dice.chance(20) { request.mentees[person].present = 1...dice.roll(1...5) }
      for person in request.mentors.indices where dice.chance(20) { request.mentors[person].present = dice.roll(1...5)...5 }
      let rest = try request.plan()
      Self.expectValid(rest, request, isEven: false, "event \(number)")
      #expect(rest.objective.short >= rest.bound.short)
      if rest.objective.short == rest.bound.short { #expect(rest.objective.pairs <= rest.bound.pairs) }
      if request.mentees.allSatisfy({ $0.present == nil }), request.mentors.allSatisfy({ $0.present == nil }) {
        #expect(rest.objective == rest.bound)
      }
    }
  }

  @Test("with few tables no round has more meetings than tables")
  func fewTables() throws {
    var dice = Dice(state: 79)
    var request = Self.event(&dice, mentees: 9, mentors: 9, rounds: 4)
    request.tables = 3
    let rotation = try request.plan()
    Self.expectValid(rotation, request, isEven: true, "three tables")
    #expect(rotation.meetings.allSatisfy { $0.table <= 3 })
    #expect(rotation.meetings.count == 12)
  }
}
