/// Which skills are close to each other.
public struct SkillGraph: Sendable, Equatable {
  private var neighbours: [Int64: Set<Int64>] = [:]

  /// Makes a graph from undirected edges; an edge from a skill to itself says nothing and is left out.
  public init(edges: [(Int64, Int64)] = []) {
    for (a, b) in edges where a != b {
      neighbours[a, default: []].insert(b)
      neighbours[b, default: []].insert(a)
    }
  }

  /// The skills that count for a needed one, with their factor in per mille: itself 1000, one edge away 500, two edges away 250.
  public func reach(of skill: Int64) -> [Int64: Int] {
    var factors = [skill: 1000]
    let near = neighbours[skill] ?? []
    for one in near { factors[one] = 500 }
    for one in near {
      for two in neighbours[one] ?? [] where factors[two] == nil { factors[two] = 250 }
    }
    return factors
  }
}
