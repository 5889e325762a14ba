/// Who reports to whom.
///
/// It only needs the asker's line upwards and the managers of the candidates, not the whole organisation.
public struct ReportingLines: Sendable, Equatable {
  /// The manager of each person who has one.
  public var managerOf: [Int64: Int64]

  /// Makes reporting lines.
  public init(managerOf: [Int64: Int64] = [:]) {
    self.managerOf = managerOf
  }

  /// Everybody above a person at any level. Data that runs in a circle ends the walk where it closes.
  public func managers(above person: Int64) -> Set<Int64> {
    var found: Set<Int64> = []
    var next = managerOf[person]
    while let manager = next, manager != person, found.insert(manager).inserted {
      next = managerOf[manager]
    }
    return found
  }
}
