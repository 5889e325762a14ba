extension LessonDocument {
  /// The lesson file. Reading it and writing it again gives the same bytes.
  ///
  /// A document put together by hand is checked by reading its text; the text of an invalid one is refused there.
  public var text: String {
    let blocks = parts.map(\.written).filter { !$0.isEmpty }
    return (["---"] + frontMatter + ["---"]).joined(separator: "\n") + "\n" + blocks.joined(separator: "\n\n") + "\n"
  }

  private var frontMatter: [String] {
    let levels = skills.map { "{\($0.skill): \($0.level)}" }.joined(separator: ", ")
    return [
      keyed("id", id), keyed("title", title), skills.isEmpty ? nil : "skills: [\(levels)]", keyed("language", language),
      minutes.map { "minutes: \($0)" }, keyed("licence", licence), keyed("author", author), keyed("review-by", reviewBy),
    ].compactMap(\.self)
  }
}

extension LessonDocument.Part {
  var written: String {
    switch self {
    case .prose(let text): return text.replacingLineEndings.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).block
    case .cheatsheet(let text): return block(text)
    case .quiz(let questions): return block(GIFT.write(questions).trimmed)
    case .flashcards(let notes): return block(notes.map(\.written).joined(separator: "\n"))
    case .scenario(let scenario): return block(scenario.written)
    case .reflection(let reflection):
      return block([
        keyed("prompt", reflection.prompt), "minutes: \(reflection.minutes)", "share: \(reflection.share.rawValue)",
      ])
    case .recording(let recording):
      return block([
        keyed("src", recording.source), keyed("captions", recording.captions), keyed("transcript", recording.transcript),
        "duration: \(LessonDuration.clock(milliseconds: recording.seconds * 1000))", keyed("title", recording.title),
        recording.hasSpeech ? nil : "speech: false",
      ])
    case .picture(let picture):
      return block([
        keyed("src", picture.source), keyed("alt", picture.alternative), picture.isDecorative ? "decorative: true" : nil,
      ])
    }
  }

  private func block(_ lines: [String?]) -> String { block(lines.compactMap(\.self).joined(separator: "\n")) }

  private func block(_ content: String) -> String {
    let fence = Fence.around(content)
    return "\(fence)\(name)\n\(content)\n\(fence)"
  }
}

private func keyed(_ key: String, _ value: String?) -> String? {
  value.map { "\(key): \(KeyedScanner.written($0))" }
}
