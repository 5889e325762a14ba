/// The places of each offer with the bids that hold them, the least bid in front (a binary heap each).
///
/// A place nobody holds stands at the price from which it is given away: `-quota` if it fills a minimum, else 0.
struct Slots: ~Copyable {
  private let offset: Column<Int32>
  private let bid: Column<Int64>
  private let pair: Column<Int32>

  init(_ market: Market) {
    let offers = market.offers
    offset = Column(offers.count + 1, filledWith: 0)
    for person in 0..<offers.count {
      let pairs = market.places(of: person, mentee: !market.biddersAreMentees).count
      offset[person &+ 1] = offset[person] &+ min(Int32(truncatingIfNeeded: pairs) &+ 1, offers.most[person])
    }
    bid = Column(Int(offset[offers.count]), filledWith: 0)
    pair = Column(bid.count, filledWith: -1)
    for person in 0..<offers.count {
      let first = offset[person]
      for slot in first..<min(offset[person &+ 1], first &+ offers.least[person]) { bid[slot] = 0 &- offers.quota }
    }
  }

  /// The least bid of an offer that has a place.
  @inline(__always)
  func least(_ offer: Int) -> Int64 { bid[offset[offer]] }

  /// Puts a bid in the place of the least one, and returns the pair that loses it, -1 if the place was free.
  @inline(__always)
  func place(_ winner: Int32, at offer: Int, for amount: Int64) -> Int32 {
    let base = offset[offer]
    let count = offset[offer &+ 1] &- base
    let loser = pair[base]
    var hole: Int32 = 0
    while true {
      var below = 2 &* hole &+ 1
      if below >= count { break }
      if below &+ 1 < count, bid[base &+ below &+ 1] < bid[base &+ below] { below &+= 1 }
      if bid[base &+ below] >= amount { break }
      bid[base &+ hole] = bid[base &+ below]
      pair[base &+ hole] = pair[base &+ below]
      hole = below
    }
    bid[base &+ hole] = amount
    pair[base &+ hole] = winner
    return loser
  }

  func forEachWinner(_ body: (Int32) -> Void) {
    for slot in 0..<pair.count where pair[slot] >= 0 { body(pair[slot]) }
  }
}
