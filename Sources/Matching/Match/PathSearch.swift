/// Satisfies people who want one more place, one shortest alternating path after the other.
///
/// Dijkstra's search over alternating paths (an unused pair there, a used one back) with slacks as lengths. A path ends with a person of the
/// other side who takes one more place, with a person of the own side who gives one up, or at once with a lower price of the person
/// searched for. Then prices move so that every slack keeps its sign (Ahuja, Magnanti, Orlin: Network Flows, 1993, section 9.7).
struct PathSearch: ~Copyable {
  private let market: Market
  private var heap = DistanceHeap()
  private var seen = GrowingColumn<Int32>(reserving: 1024)
  private(set) var searches = 0
  private(set) var visits = 0
  /// The nearest end found so far, and how far it is.
  private var best: Int64 = 0
  private var end: Int32 = 0

  init(_ market: Market) { self.market = market }

  /// Gives everybody who wants one more place that place, or a price at which none is wanted.
  ///
  /// - Returns: Whether it finished; false when `mayContinue` said no.
  mutating func settleAll(_ mayContinue: (_ remaining: Int) -> Bool) -> Bool {
    for fromMentees in [market.biddersAreMentees, !market.biddersAreMentees] {
      let own = fromMentees ? market.mentees : market.mentors
      for person in 0..<own.count {
        while own.wantsMore(person) {
          searches &+= 1
          if searches & 63 == 0, !mayContinue(own.count - person) { return false }
          settle(person, isMentee: fromMentees)
        }
      }
    }
    return true
  }

  /// Finds one more place for a person, or a lower price.
  ///
  /// Nodes are people of the person's own side with an even number, of the other side with an odd one.
  mutating func settle(_ start: Int, isMentee: Bool) {
    let own = isMentee ? market.mentees : market.mentors
    let other = isMentee ? market.mentors : market.mentees
    best = own.price[start] &- own.ceiling(start)
    end = Int32(truncatingIfNeeded: start) &* 2
    heap.removeAll()
    seen.removeAll()
    own.distance[start] = 0
    own.state[start] = 1
    seen.append(end)
    heap.push(end, at: 0)
    while let (distance, node) = heap.pop(), distance < best {
      let person = Int(node >> 1)
      visits &+= 1
      if node & 1 == 0 {
        if own.state[person] == 1 { leave(person, at: distance, own, other, isMentee) }
      } else if other.state[person] == 1 {
        comeBack(person, at: distance, own, other, isMentee)
      }
    }
    movePrices(own, other)
    exchange(backTo: start, own, other, isMentee)
  }

  /// Looks along the unused pairs of a person of the own side.
  @inline(__always)
  private mutating func leave(_ person: Int, at distance: Int64, _ own: Side, _ other: Side, _ isMentee: Bool) {
    let market = self.market
    own.state[person] = 2
    let price = own.price[person] &+ distance
    for place in market.places(of: person, mentee: isMentee) {
      let next = market.neighbour(at: place, mentee: isMentee)
      let reached = price &+ other.price[next] &- market.gain(at: place, mentee: isMentee)
      if reached >= best { continue }
      let pair = market.pair(at: place, mentee: isMentee)
      if market.flags[pair] & (Market.used | Market.closed) != 0 { continue }
      let state = other.state[next]
      if state == 2 || (state == 1 && reached >= other.distance[next]) { continue }
      let node = Int32(truncatingIfNeeded: next) &* 2 &+ 1
      if state == 0 {
        other.state[next] = 1
        seen.append(node)
      }
      other.distance[next] = reached
      other.parent[next] = pair
      let ceiling = other.ceiling(next)
      if ceiling != Int64.max {
        let whole = reached &+ max(0, ceiling &- other.price[next])
        if whole < best { (best, end) = (whole, node) }
      }
      if reached < best { heap.push(node, at: reached) }
    }
  }

  /// Looks back along the used pairs of a person of the other side.
  @inline(__always)
  private mutating func comeBack(_ person: Int, at distance: Int64, _ own: Side, _ other: Side, _ isMentee: Bool) {
    let market = self.market
    other.state[person] = 2
    let price = other.price[person] &- distance
    for place in 0..<other.degree[person] {
      let pair = other.heldPair(person, place)
      let next = market.person(of: pair, mentee: isMentee)
      let reached = market.gain(pair) &- price &- own.price[next]
      if reached >= best { continue }
      let state = own.state[next]
      if state == 2 || (state == 1 && reached >= own.distance[next]) { continue }
      let node = Int32(truncatingIfNeeded: next) &* 2
      if state == 0 {
        own.state[next] = 1
        seen.append(node)
      }
      own.distance[next] = reached
      own.parent[next] = pair
      let whole = reached &+ own.price[next] &- own.floor(next)
      if whole < best { (best, end) = (whole, node) }
      if reached < best { heap.push(node, at: reached) }
    }
  }

  private func movePrices(_ own: Side, _ other: Side) {
    for place in 0..<seen.count {
      let person = Int(seen[place] >> 1)
      if seen[place] & 1 == 0 {
        own.state[person] = 0
        own.price[person] &-= max(0, best &- own.distance[person])
      } else {
        other.state[person] = 0
        other.price[person] &+= max(0, best &- other.distance[person])
      }
    }
  }

  /// Swaps used and unused pairs along the path from its end back to where the search began.
  private func exchange(backTo start: Int, _ own: Side, _ other: Side, _ isMentee: Bool) {
    var person = Int(end >> 1)
    if end & 1 == 0 {
      if person == start { return }
      let given = own.parent[person]
      market.drop(given)
      person = market.person(of: given, mentee: !isMentee)
    }
    while true {
      let taken = other.parent[person]
      let taker = market.person(of: taken, mentee: isMentee)
      if taker == start {
        market.use(taken)
        return
      }
      let given = own.parent[taker]
      market.drop(given)
      market.use(taken)
      person = market.person(of: given, mentee: !isMentee)
    }
  }
}
