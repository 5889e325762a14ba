/// Question files in the GIFT text format.
///
/// Source: "GIFT format", Moodle documentation; the decisions it leaves open are written where they are taken.
public enum GIFT {
  /// How a text is marked up.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// Plain text with the line breaks of the site; the default.
    case moodle
    case html
    case plain
    case markdown
  }

  /// A text and its markup.
  public struct Text: Sendable, Hashable {
    public var text: String
    public var format: Format

    public init(_ text: String, format: Format = .moodle) {
      self.text = text
      self.format = format
    }
  }

  /// One question, or one description between questions.
  public struct Question: Sendable, Hashable {
    /// Path below which the question is filed, such as `Tandem/Feedback`.
    public var category: String?
    public var name: String?
    /// For a missing word the gap is `_____`.
    public var text: Text
    /// Shown after every answer, right or wrong.
    public var generalFeedback: Text?
    public var kind: Kind

    public init(category: String? = nil, name: String? = nil, text: Text, generalFeedback: Text? = nil, kind: Kind) {
      self.category = category
      self.name = name
      self.text = text
      self.generalFeedback = generalFeedback
      self.kind = kind
    }

    /// Essays are answered freely and descriptions not at all; everything else has a right answer.
    public var isScored: Bool {
      switch kind {
      case .description, .essay: false
      default: true
      }
    }
  }

  /// What kind of answer a question takes.
  public enum Kind: Sendable, Hashable {
    case description
    case essay
    case trueFalse(TrueFalse)
    /// `severalAllowed`: the learner may tick more than one; the weights of the ticked ones add up.
    case multipleChoice([Choice], severalAllowed: Bool)
    /// A typed answer; in `text`, `*` stands for any run of characters.
    case shortAnswer([Choice])
    case numerical(Numerical)
    case matching(Matching)
  }

  /// A statement that is true or false.
  public struct TrueFalse: Sendable, Hashable {
    public var isTrue: Bool
    public var whenWrong: Text?
    public var whenRight: Text?

    public init(isTrue: Bool, whenWrong: Text? = nil, whenRight: Text? = nil) {
      self.isTrue = isTrue
      self.whenWrong = whenWrong
      self.whenRight = whenRight
    }
  }

  /// One answer of a choice or short answer question.
  public struct Choice: Sendable, Hashable {
    public var text: Text
    /// Credit in percent, -100 to 100.
    public var weight: Double
    public var feedback: Text?

    public init(_ text: Text, weight: Double, feedback: Text? = nil) {
      self.text = text
      self.weight = weight
      self.feedback = feedback
    }
  }

  /// A question answered by a number.
  public struct Numerical: Sendable, Hashable {
    public var answers: [Answer]
    /// Shown for every number no answer accepts.
    public var otherwise: Text?

    public init(answers: [Answer], otherwise: Text? = nil) {
      self.answers = answers
      self.otherwise = otherwise
    }

    /// Numbers that earn the same credit.
    public struct Answer: Sendable, Hashable {
      public var accepted: Accepted
      /// Credit in percent, -100 to 100.
      public var weight: Double
      public var feedback: Text?

      public init(_ accepted: Accepted, weight: Double = 100, feedback: Text? = nil) {
        self.accepted = accepted
        self.weight = weight
        self.feedback = feedback
      }
    }

    /// The accepted interval, in the form the author wrote it; bounds are included.
    public enum Accepted: Sendable, Hashable {
      case about(Double, tolerance: Double)
      case between(Double, Double)

      public var lowest: Double {
        switch self {
        case .about(let value, let tolerance): value - tolerance
        case .between(let low, _): low
        }
      }

      public var highest: Double {
        switch self {
        case .about(let value, let tolerance): value + tolerance
        case .between(_, let high): high
        }
      }
    }
  }

  /// Left sides to be joined with right sides.
  public struct Matching: Sendable, Hashable {
    public var pairs: [Pair]
    /// Right sides that belong to nothing.
    public var distractors: [String]

    public init(pairs: [Pair], distractors: [String] = []) {
      self.pairs = pairs
      self.distractors = distractors
    }

    public struct Pair: Sendable, Hashable {
      public var left: Text
      public var right: String

      public init(left: Text, right: String) {
        self.left = left
        self.right = right
      }
    }
  }
}
