/// What is planned so far, with what was played.
struct RotationState {
  private(set) var hadByMentee: [Int]
  private(set) var hadByMentor: [Int]
  /// Pairs that cannot meet any more: they have met, or will.
  private(set) var gone: [(mentee: Int, mentor: Int)]
  private var weight = 0
  private var count = 0
  /// The blocks of rounds with who meets whom.
  private var grids: [(rounds: Range<Int>, grid: RoundGrid)] = []

  init(_ request: RotationRequest) {
    hadByMentee = [Int](repeating: 0, count: request.mentees.count)
    hadByMentor = [Int](repeating: 0, count: request.mentors.count)
    gone = request.met
    for meeting in request.played {
      record(meeting.mentee, meeting.mentor)
      if let pair = request.table.number(mentee: meeting.mentee, mentor: meeting.mentor) { weight += request.table.weight(of: pair) }
    }
  }

  private mutating func record(_ mentee: Int, _ mentor: Int) {
    hadByMentee[mentee] += 1
    hadByMentor[mentor] += 1
    gone.append((mentee, mentor))
    count += 1
  }

  mutating func take(_ grid: RoundGrid, _ rounds: Range<Int>) {
    grids.append((rounds, grid))
    for mentee in 0..<grid.mentees {
      for round in 0..<grid.rounds where grid[mentee, round] >= 0 { record(mentee, grid[mentee, round] - grid.mentees) }
    }
  }

  /// What is reached, or would be with more pairs.
  func objective(_ request: RotationRequest, adding pairs: [Int] = []) -> MatchObjective {
    var had = (mentees: hadByMentee, mentors: hadByMentor)
    var sum = weight
    for pair in pairs {
      had.mentees[request.table.mentee(of: pair)] += 1
      had.mentors[request.table.mentor(of: pair)] += 1
      sum += request.table.weight(of: pair)
    }
    for (_, grid) in grids {
      for mentee in 0..<grid.mentees {
        for round in 0..<grid.rounds where grid[mentee, round] >= 0 {
          if let pair = request.table.number(mentee: mentee, mentor: grid[mentee, round] - grid.mentees) {
            sum += request.table.weight(of: pair)
          }
        }
      }
    }
    var short = 0
    for (person, had) in zip(request.mentees, had.mentees) { short += max(0, min(person.least, request.rounds) - had) }
    for (person, had) in zip(request.mentors, had.mentors) { short += max(0, min(person.least, request.rounds) - had) }
    return MatchObjective(short: short, pairs: count + pairs.count, weight: sum)
  }

  /// How often somebody who is there idles in two planned rounds in a row.
  func idleTwice(_ request: RotationRequest) -> Int {
    (0..<request.mentees.count + request.mentors.count).reduce(0) { $0 + idleTwice($1, request) }
  }

  private func idleTwice(_ person: Int, _ request: RotationRequest) -> Int {
    let attendee = person < request.mentees.count ? request.mentees[person] : request.mentors[person - request.mentees.count]
    var count = 0
    var idledBefore = false
    for (rounds, grid) in grids {
      for round in rounds {
        let idles = request.isThere(attendee, round) && grid[person, round - rounds.lowerBound] < 0
        if idles && idledBefore { count += 1 }
        idledBefore = idles
      }
    }
    return count
  }

  /// Exchanges two rounds of a block, for everybody or along one path, while fewer people idle twice in a row by it.
  mutating func reduceIdling(_ request: RotationRequest) {
    for block in grids.indices where grids[block].rounds.count > 2 {
      for _ in 0..<3 {
        var improved = false
        for first in 0..<grids[block].rounds.count {
          for second in first + 1..<max(first + 1, grids[block].rounds.count) {
            if improve(block, first, second, request) { improved = true }
          }
        }
        if !improved { break }
      }
    }
  }

  private mutating func improve(_ block: Int, _ first: Int, _ second: Int, _ request: RotationRequest) -> Bool {
    var improved = false
    var seen = [Bool](repeating: false, count: grids[block].grid.people.count)
    for person in grids[block].grid.people where !seen[person] {
      let chain = grids[block].grid.component(first, second, from: person)
      for one in chain { seen[one] = true }
      let surplus = chain.count { grids[block].grid[$0, first] >= 0 } - chain.count { grids[block].grid[$0, second] >= 0 }
      guard surplus == 0, chain.count > 1 else { continue }
      let before = chain.reduce(0) { $0 + idleTwice($1, request) }
      guard before > 0 else { continue }
      grids[block].grid.swapRounds(first, second, from: person)
      let after = chain.reduce(0) { $0 + idleTwice($1, request) }
      if after < before { improved = true } else { grids[block].grid.swapRounds(first, second, from: person) }
    }
    return improved
  }

  /// The meetings with tables. A mentor stays at a table as long as it is free.
  func seated(_ request: RotationRequest) -> [Rotation.Meeting] {
    var meetings: [Rotation.Meeting] = []
    var last = [Int](repeating: 0, count: request.mentors.count)
    for (rounds, grid) in grids {
      for round in rounds {
        let mentees = (0..<grid.mentees).filter { grid[$0, round - rounds.lowerBound] >= 0 }
        let mentors = mentees.map { grid[$0, round - rounds.lowerBound] - grid.mentees }
        var taken: Set<Int> = []
        var tables = [Int](repeating: 0, count: mentees.count)
        for (place, mentor) in mentors.enumerated() where last[mentor] > 0 && last[mentor] <= mentees.count {
          if taken.insert(last[mentor]).inserted { tables[place] = last[mentor] }
        }
        var next = 1
        for place in tables.indices where tables[place] == 0 {
          while taken.contains(next) { next += 1 }
          tables[place] = next
          taken.insert(next)
        }
        for (place, mentee) in mentees.enumerated() {
          last[mentors[place]] = tables[place]
          meetings.append(Rotation.Meeting(round: round, mentee: mentee, mentor: mentors[place], table: tables[place]))
        }
      }
    }
    return meetings
  }
}
