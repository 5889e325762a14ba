/// One lesson: what its file says, in the order a learner meets it.
public struct LessonDocument: Sendable, Hashable {
  /// Stable name, kebab case. Importing the same id again updates the lesson and keeps progress.
  public var id: String
  public var title: String
  public var skills: [SkillLevel]
  /// Language tag, such as `en` or `pt-BR`.
  public var language: String
  /// The author's own estimate.
  public var minutes: Int?
  public var licence: String?
  public var author: String?
  /// Day after which the content should be looked at again, `2027-06-30`.
  public var reviewBy: String?
  public var parts: [Part]

  public init(
    id: String, title: String, skills: [SkillLevel] = [], language: String, minutes: Int? = nil, licence: String? = nil,
    author: String? = nil, reviewBy: String? = nil, parts: [Part] = []
  ) {
    self.id = id
    self.title = title
    self.skills = skills
    self.language = language
    self.minutes = minutes
    self.licence = licence
    self.author = author
    self.reviewBy = reviewBy
    self.parts = parts
  }

  /// A skill and the level a learner reaches with the lesson, 1 to 5.
  public struct SkillLevel: Sendable, Hashable {
    public var skill: String
    public var level: Int

    public init(skill: String, level: Int) {
      self.skill = skill
      self.level = level
    }
  }

  /// One step of the lesson. Prose is cut at headings of level 2, so that a screen shows one idea.
  public enum Part: Sendable, Hashable {
    /// CommonMark; render it with ``Markdown/html(_:headingShift:)``.
    case prose(String)
    case quiz([GIFT.Question])
    case flashcards([CardNote])
    case scenario(Scenario)
    case reflection(Reflection)
    case recording(Recording)
    case picture(Picture)
    /// CommonMark, printable on one page, kept after the lesson.
    case cheatsheet(String)
  }

  /// A question to think about, with the time it deserves.
  public struct Reflection: Sendable, Hashable {
    public var prompt: String
    /// 1 to 15.
    public var minutes: Int
    public var share: Share

    public init(prompt: String, minutes: Int = 2, share: Share = .nobody) {
      self.prompt = prompt
      self.minutes = minutes
      self.share = share
    }

    /// With whom the learner is invited to share the answer; sharing is always a choice.
    public enum Share: String, Sendable, Hashable, CaseIterable {
      case nobody, mentor, pod
    }
  }

  /// A video or an audio recording.
  public struct Recording: Sendable, Hashable {
    public var kind: Kind
    /// Path inside the pack.
    public var source: String
    public var captions: String?
    public var transcript: String?
    public var seconds: Int
    public var title: String
    /// A video without speech needs no captions.
    public var hasSpeech: Bool

    public init(
      kind: Kind, source: String, captions: String? = nil, transcript: String? = nil, seconds: Int, title: String, hasSpeech: Bool = true
    ) {
      self.kind = kind
      self.source = source
      self.captions = captions
      self.transcript = transcript
      self.seconds = seconds
      self.title = title
      self.hasSpeech = hasSpeech
    }

    public enum Kind: String, Sendable, Hashable { case video, audio }
  }

  /// An infographic or a plain image.
  public struct Picture: Sendable, Hashable {
    public var kind: Kind
    /// Path inside the pack.
    public var source: String
    /// What the picture says; empty for a decorative one.
    public var alternative: String

    public init(kind: Kind, source: String, alternative: String) {
      self.kind = kind
      self.source = source
      self.alternative = alternative
    }

    public var isDecorative: Bool { alternative.isEmpty }

    public enum Kind: String, Sendable, Hashable { case infographic, image }
  }
}

/// What is known about the files a lesson refers to, by path inside the pack.
public typealias LessonFiles = [String: LessonFile]

/// A file beside the lesson.
public struct LessonFile: Sendable, Hashable {
  public var byteCount: Int
  /// Length of a recording as its container states it; `nil` if it was not measured.
  public var seconds: Double?

  public init(byteCount: Int, seconds: Double? = nil) {
    self.byteCount = byteCount
    self.seconds = seconds
  }
}
