extension GIFT {
  /// What a file holds, block by block: a broken block never stops the others.
  public struct Report: Sendable, Hashable {
    public var blocks: [Block] = []

    public var questions: [Question] { blocks.compactMap(\.question) }
    public var refused: [Finding] { blocks.compactMap(\.refusal) }
    public var warnings: [Finding] { blocks.flatMap(\.warnings) }
  }

  /// One question block: either a question, perhaps with warnings, or a refusal.
  public struct Block: Sendable, Hashable {
    /// The first line of the question that is not a comment.
    public let line: Int
    public let result: Result<Question, Finding>
    public let warnings: [Finding]

    public var question: Question? { try? result.get() }

    public var refusal: Finding? {
      guard case .failure(let finding) = result else { return nil }
      return finding
    }
  }
}
