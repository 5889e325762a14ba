extension Market {
  /// Sets a bidder's price from the prices of the offers and drops what is in use at a loss, so that only places remain to be wanted.
  ///
  /// - Complexity: O(pairs of the bidder).
  func repair(_ person: Int) {
    let bidders = self.bidders
    let offers = self.offers
    var price = Int64.min
    for place in places(of: person, mentee: biddersAreMentees) {
      let value = gain(at: place, mentee: biddersAreMentees) &- offers.price[neighbour(at: place, mentee: biddersAreMentees)]
      if value > price, flags[pair(at: place, mentee: biddersAreMentees)] & (Self.used | Self.closed) == 0 { price = value }
    }
    while true {
      price = max(price, bidders.floor(person))
      var worst = price
      var dropped: Int32 = -1
      for place in 0..<bidders.degree[person] {
        let pair = bidders.heldPair(person, place)
        let value = gain(pair) &- offers.price[self.person(of: pair, mentee: !biddersAreMentees)]
        if value < worst {
          worst = value
          dropped = pair
        }
      }
      guard dropped >= 0 else { break }
      drop(dropped)
      price = max(price, worst)
    }
    bidders.price[person] = price
  }
}
