/// A market as it was at one moment, to go back to.
struct MarketState: ~Copyable {
  private let flags: Column<UInt8>
  private let mentees: SideState
  private let mentors: SideState
  private let bonus: Int64

  init(_ market: Market) {
    flags = Column(copying: market.flags)
    mentees = SideState(market.mentees)
    mentors = SideState(market.mentors)
    bonus = market.levels.kept
  }

  /// Puts everything back.
  func restore(_ market: Market) {
    market.flags.copy(from: flags)
    mentees.restore(market.mentees)
    mentors.restore(market.mentors)
    market.levels.kept = bonus
  }
}

/// What changes about the people of one side.
private struct SideState: ~Copyable {
  private let degree: Column<Int32>
  private let price: Column<Int64>
  private let held: Column<Int32>

  init(_ side: Side) {
    degree = Column(copying: side.degree)
    price = Column(copying: side.price)
    held = Column(copying: side.held)
  }

  func restore(_ side: Side) {
    side.degree.copy(from: degree)
    side.price.copy(from: price)
    side.held.copy(from: held)
  }
}
