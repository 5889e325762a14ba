/// A situation the learner walks through by choosing.
public struct Scenario: Sendable, Hashable {
  /// Longest walk a player allows; cycles make endless ones possible.
  public static let mostChoices = 20

  /// The situation, shown before the first node.
  public var opening: String
  /// The first node is called `start`.
  public var nodes: [Node]

  public init(opening: String, nodes: [Node]) {
    self.opening = opening
    self.nodes = nodes
  }

  /// One moment. A node without choices is an end.
  public struct Node: Sendable, Hashable {
    public var name: String
    /// CommonMark; may be empty at the start, where the opening speaks.
    public var text: String
    public var score: Int?
    public var choices: [Choice]

    public init(name: String, text: String, score: Int? = nil, choices: [Choice] = []) {
      self.name = name
      self.text = text
      self.score = score
      self.choices = choices
    }
  }

  /// What the learner can do, and the node it leads to.
  public struct Choice: Sendable, Hashable {
    public var text: String
    public var target: String

    public init(text: String, target: String) {
      self.text = text
      self.target = target
    }
  }

  public func node(named name: String) -> Node? { nodes.first { $0.name == name } }
}
