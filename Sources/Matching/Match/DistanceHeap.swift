/// People yet to be visited by a search, the nearest first: a binary heap of distances with what they lead to.
struct DistanceHeap: ~Copyable {
  private var distances = GrowingColumn<Int64>(reserving: 1024)
  private var nodes = GrowingColumn<Int32>(reserving: 1024)

  mutating func removeAll() {
    distances.removeAll()
    nodes.removeAll()
  }

  @inline(__always)
  mutating func push(_ node: Int32, at distance: Int64) {
    distances.append(distance)
    nodes.append(node)
    var hole = distances.count &- 1
    while hole > 0 {
      let above = (hole &- 1) / 2
      if distances[above] <= distance { break }
      distances[hole] = distances[above]
      nodes[hole] = nodes[above]
      hole = above
    }
    distances[hole] = distance
    nodes[hole] = node
  }

  @inline(__always)
  mutating func pop() -> (distance: Int64, node: Int32)? {
    guard distances.count > 0 else { return nil }
    let first = (distances[0], nodes[0])
    let distance = distances.removeLast()
    let node = nodes.removeLast()
    let count = distances.count
    if count > 0 {
      var hole = 0
      while true {
        var below = 2 &* hole &+ 1
        if below >= count { break }
        if below &+ 1 < count, distances[below &+ 1] < distances[below] { below &+= 1 }
        if distances[below] >= distance { break }
        distances[hole] = distances[below]
        nodes[hole] = nodes[below]
        hole = below
      }
      distances[hole] = distance
      nodes[hole] = node
    }
    return first
  }
}
