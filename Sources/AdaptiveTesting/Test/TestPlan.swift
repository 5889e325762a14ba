/// How a test runs: choice of items, estimate, end. Frozen with the bank when an attempt begins.
public struct TestPlan: Hashable, Codable, Sendable {
  /// How the next item is chosen.
  public var choice: Choice
  /// How ability is computed.
  public var estimator: Estimator
  /// When the test ends.
  public var stopping: StoppingRules

  public init(choice: Choice = .maximumInformation, estimator: Estimator = .standard, stopping: StoppingRules = StoppingRules()) {
    self.choice = choice
    self.estimator = estimator
    self.stopping = stopping
  }
}
