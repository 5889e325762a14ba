/// A first answer, close to the best: people bid for places, and a place goes to the greatest bid (Bertsekas and Castañón, 1989).
///
/// All places of one offer are alike: a bid takes the cheapest of them, so the offer's price is its least accepted bid. A bidder bids for the
/// best pair as much as leaves it `step` worse than the second best. The answer is within `step` for each pair of the best one;
/// `PathSearch` ends exactly. Bidding stops after `budget` bids, since on ties and long chains prices may climb for very long.
struct Auction: ~Copyable {
  private let market: Market
  private let bidders: Side
  private let offers: Side
  private let slots: Slots
  private let shortlists: Shortlists
  private let free: Column<Int32>
  private let queue: Column<Int32>
  private let isQueued: Column<UInt8>
  private var head = 0
  private var waiting = 0
  private(set) var bids = 0

  private static let bidsBetweenQuestions = 4_096

  init(_ market: Market) {
    self.market = market
    bidders = market.bidders
    offers = market.offers
    slots = Slots(market)
    shortlists = Shortlists(market)
    free = Column(bidders.count, filledWith: 0)
    queue = Column(bidders.count, filledWith: 0)
    isQueued = Column(bidders.count, filledWith: 0)
    for person in 0..<bidders.count {
      free[person] = bidders.most[person]
      if free[person] > 0 { enqueue(person) }
    }
  }

  /// Runs until nobody bids any more or the budget is spent.
  ///
  /// - Returns: False when `mayContinue` said no; it is asked every few thousand bids.
  mutating func run(step: Int64, budget: Int, mayContinue: (_ waiting: Int) -> Bool = { _ in true }) -> Bool {
    var question = Self.bidsBetweenQuestions
    while waiting > 0, bids < budget {
      if bids >= question {
        guard mayContinue(waiting) else { return false }
        question = bids &+ Self.bidsBetweenQuestions
      }
      let person = Int(queue[head])
      head = head &+ 1 == queue.count ? 0 : head &+ 1
      waiting &-= 1
      isQueued[person] = 0
      while free[person] > 0, bid(person, step: step) {}
    }
    return true
  }

  private mutating func enqueue(_ person: Int) {
    guard isQueued[person] == 0 else { return }
    isQueued[person] = 1
    let tail = head &+ waiting
    queue[tail >= queue.count ? tail &- queue.count : tail] = Int32(truncatingIfNeeded: person)
    waiting &+= 1
  }

  /// One bid; false when nothing is worth one.
  @inline(__always)
  private mutating func bid(_ person: Int, step: Int64) -> Bool {
    let held = bidders.most[person] &- free[person]
    let idle: Int64 = held < bidders.least[person] ? 0 &- bidders.quota : 0
    let choice = shortlists.choose(person, idle: idle, hasUsed: held > 0)
    guard choice.pair >= 0 else { return false }
    bids &+= 1
    let loser = slots.place(choice.pair, at: choice.offer, for: offers.price[choice.offer] &+ choice.first &- choice.second &+ step)
    offers.price[choice.offer] = slots.least(choice.offer)
    market.flags[choice.pair] |= Market.used
    free[person] &-= 1
    if loser >= 0 {
      market.flags[loser] &= ~Market.used
      let other = market.person(of: loser, mentee: market.biddersAreMentees)
      free[other] &+= 1
      enqueue(other)
    }
    return true
  }

  /// Puts what was won to use in the market and sets the prices of the bidders.
  consuming func finish() {
    slots.forEachWinner { market.use($0) }
    for person in 0..<bidders.count { market.repair(person) }
  }
}
