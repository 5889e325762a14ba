/// For each bidder the few pairs that were worth most when all were last looked at, and what the best of the others was worth then.
///
/// Prices only rise in an auction, so the others cannot have become better: as long as the second best of the list is not below them, the
/// list decides. Otherwise all pairs are looked at again.
struct Shortlists: ~Copyable {
  private let market: Market
  private let offers: Side
  private let offset: Column<Int32>
  private let entry: Column<Entry>
  private let size: Column<Int32>
  private let others: Column<Int64>

  /// Entries of a list beyond the places of its bidder.
  private static let spare: Int32 = 6

  /// A pair with all that a bid needs, so that a bid touches one piece of memory.
  struct Entry: BitwiseCopyable {
    var gain: Int64
    var pair: Int32
    var offer: Int32
  }

  /// The best unused pair of a bidder with its value, and the next best value.
  struct Choice {
    /// -1 when being idle is as good as any pair.
    var pair: Int32
    var offer: Int
    var first: Int64
    var second: Int64
  }

  init(_ market: Market) {
    self.market = market
    offers = market.offers
    let bidders = market.bidders
    offset = Column(bidders.count + 1, filledWith: 0)
    for person in 0..<bidders.count {
      let pairs = Int32(truncatingIfNeeded: market.places(of: person, mentee: market.biddersAreMentees).count)
      let length = bidders.most[person] == 0 ? 0 : min(pairs, min(bidders.most[person], pairs) &+ Self.spare)
      offset[person &+ 1] = offset[person] &+ length
    }
    entry = Column(Int(offset[bidders.count]), filledWith: Entry(gain: 0, pair: 0, offer: 0))
    size = Column(bidders.count, filledWith: 0)
    others = Column(bidders.count, filledWith: Int64.min)
    for person in 0..<bidders.count { look(at: person) }
  }

  /// The best choice of a bidder at the prices of now.
  ///
  /// - Parameters:
  ///   - idle: What a place is worth unused.
  ///   - hasUsed: Whether pairs of the bidder are in use, which then must be told apart.
  @inline(__always)
  func choose(_ person: Int, idle: Int64, hasUsed: Bool) -> Choice {
    let choice = best(of: person, idle: idle, hasUsed: hasUsed)
    if choice.second >= others[person] { return choice }
    look(at: person)
    return best(of: person, idle: idle, hasUsed: hasUsed)
  }

  @inline(__always)
  private func best(of person: Int, idle: Int64, hasUsed: Bool) -> Choice {
    var choice = Choice(pair: -1, offer: -1, first: idle, second: idle)
    let start = offset[person]
    for place in start..<start &+ size[person] {
      let candidate = entry[place]
      let value = value(candidate)
      if value <= choice.second || (hasUsed && market.flags[candidate.pair] & Market.used != 0) { continue }
      if value > choice.first {
        choice = Choice(pair: candidate.pair, offer: Int(candidate.offer), first: value, second: choice.first)
      } else {
        choice.second = value
      }
    }
    return choice
  }

  /// Looks at all pairs of a bidder.
  private func look(at person: Int) {
    size[person] = 0
    others[person] = Int64.min
    for place in market.places(of: person, mentee: market.biddersAreMentees) { consider(place, for: person) }
  }

  @inline(__always)
  private func value(_ candidate: Entry) -> Int64 { candidate.gain &- offers.price[candidate.offer] }

  /// Takes a pair into the list if it is better than one there. The list is a heap with the least in front.
  @inline(__always)
  private func consider(_ place: Int, for person: Int) {
    let offer = market.neighbour(at: place, mentee: market.biddersAreMentees)
    let gain = market.gain(at: place, mentee: market.biddersAreMentees)
    let value = gain &- offers.price[offer]
    if value <= others[person] { return }
    let pair = market.pair(at: place, mentee: market.biddersAreMentees)
    if market.flags[pair] & Market.closed != 0 { return }
    let new = Entry(gain: gain, pair: pair, offer: Int32(truncatingIfNeeded: offer))
    let start = offset[person]
    let count = size[person]
    if count < offset[person &+ 1] &- start {
      add(new, value, start, count)
      size[person] = count &+ 1
    } else if count == 0 || value <= self.value(entry[start]) {
      others[person] = value
    } else {
      others[person] = self.value(entry[start])
      replaceLeast(with: new, value, start, count)
    }
  }

  @inline(__always)
  private func add(_ new: Entry, _ value: Int64, _ start: Int32, _ count: Int32) {
    var hole = count
    while hole > 0, self.value(entry[start &+ (hole &- 1) / 2]) > value {
      entry[start &+ hole] = entry[start &+ (hole &- 1) / 2]
      hole = (hole &- 1) / 2
    }
    entry[start &+ hole] = new
  }

  @inline(__always)
  private func replaceLeast(with new: Entry, _ value: Int64, _ start: Int32, _ count: Int32) {
    var hole: Int32 = 0
    while true {
      var below = 2 &* hole &+ 1
      if below >= count { break }
      if below &+ 1 < count, self.value(entry[start &+ below &+ 1]) < self.value(entry[start &+ below]) { below &+= 1 }
      if self.value(entry[start &+ below]) >= value { break }
      entry[start &+ hole] = entry[start &+ below]
      hole = below
    }
    entry[start &+ hole] = new
  }
}
