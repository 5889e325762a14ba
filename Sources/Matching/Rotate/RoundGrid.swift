/// Who meets whom in each round of a block: an edge colouring of a bipartite graph.
struct RoundGrid {
  let mentees: Int
  let rounds: Int
  /// The other person in each round, by person (mentees first) and round; -1 for nobody.
  private(set) var other: [Int32]

  init(mentees: Int, mentors: Int, rounds: Int) {
    self.mentees = mentees
    self.rounds = rounds
    other = [Int32](repeating: -1, count: (mentees + mentors) * rounds)
  }

  /// Everybody, mentees first.
  var people: Range<Int> { 0..<(rounds == 0 ? 0 : other.count / rounds) }

  subscript(person: Int, round: Int) -> Int {
    get { Int(other[person * rounds + round]) }
    set { other[person * rounds + round] = Int32(truncatingIfNeeded: newValue) }
  }

  /// Gives a pair a round. Both must have one free; if none is free for both, two rounds change places along the path that is in the way.
  ///
  /// - Complexity: O(people + rounds).
  mutating func add(mentee: Int, mentor: Int) {
    let one = mentee
    let two = mentees + mentor
    guard let first = freeRound(one), let second = freeRound(two) else { return }
    if first != second, self[two, first] >= 0 { swapRounds(first, second, from: two) }
    self[one, first] = two
    self[two, first] = one
  }

  private func freeRound(_ person: Int) -> Int? { (0..<rounds).first { self[person, $0] < 0 } }

  /// Exchanges two rounds along the path of their meetings that begins at a person.
  mutating func swapRounds(_ first: Int, _ second: Int, from start: Int) {
    for person in component(first, second, from: start) {
      let kept = self[person, first]
      self[person, first] = self[person, second]
      self[person, second] = kept
    }
  }

  /// Everybody linked to a person by meetings of two rounds, each once.
  func component(_ first: Int, _ second: Int, from start: Int) -> [Int] {
    var chain = [start]
    for opening in [first, second] {
      var person = start
      var round = opening
      while true {
        let next = self[person, round]
        if next < 0 { break }
        if next == start { return chain }
        chain.append(next)
        person = next
        round = first + second - round
      }
    }
    return chain
  }

  /// Makes the rounds equally long: none has two meetings more than another.
  ///
  /// Two rounds form paths and circles; where one round has more meetings, some path has one more of it, and is exchanged.
  mutating func even() {
    guard rounds > 1 else { return }
    var sizes = (0..<rounds).map { round in (0..<mentees).count { self[$0, round] >= 0 } }
    while let long = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), let short = sizes.indices.min(by: { sizes[$0] < sizes[$1] }),
      sizes[long] - sizes[short] > 1
    {
      var toMove = (sizes[long] - sizes[short]) / 2
      var seen = [Bool](repeating: false, count: people.count)
      for person in people where toMove > 0 && !seen[person] && self[person, long] >= 0 {
        let chain = component(long, short, from: person)
        for one in chain { seen[one] = true }
        let surplus = chain.count { self[$0, long] >= 0 } - chain.count { self[$0, short] >= 0 }
        guard surplus == 2 else { continue }
        swapRounds(long, short, from: person)
        toMove -= 1
        sizes[long] -= 1
        sizes[short] += 1
      }
    }
  }
}
