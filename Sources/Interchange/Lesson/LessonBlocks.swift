extension LessonFields {
  mutating func reflection() -> LessonDocument.Part {
    let prompt = required("prompt")
    let minutes = whole("minutes", 1...15) ?? 2
    let share = written("share") ?? "nobody"
    let audience = LessonDocument.Reflection.Share(rawValue: share)
    if audience == nil { fail("share", "bad-value", "share is nobody, mentor or pod.") }
    return .reflection(LessonDocument.Reflection(prompt: prompt, minutes: minutes, share: audience ?? .nobody))
  }

  mutating func recording(_ kind: LessonDocument.Recording.Kind, files: LessonFiles?) -> LessonDocument.Part {
    let source = path("src", isRequired: true, files: files) ?? ""
    let hasSpeech = flag("speech", standard: true)
    let captions = path("captions", isRequired: kind == .video && hasSpeech, files: files)
    let transcript = path("transcript", isRequired: kind == .audio, files: files)
    let title = required("title")
    let seconds = Self.seconds(required("duration")) ?? 0
    if seconds < 1 || seconds > 900 {
      fail("duration", "bad-duration", "duration is minutes and seconds up to 15:00, such as 1:30.")
    } else if let measured = files?[source]?.seconds, abs(measured - Double(seconds)) > 2 {
      let real = LessonDuration.clock(milliseconds: Int(min(max(measured, 0), 1e6) * 1000))
      fail("duration", "duration-differs", "The file lasts \(real), not \(LessonDuration.clock(milliseconds: seconds * 1000)).")
    }
    return .recording(
      LessonDocument.Recording(
        kind: kind, source: source, captions: captions, transcript: transcript, seconds: seconds, title: title, hasSpeech: hasSpeech))
  }

  mutating func picture(_ kind: LessonDocument.Picture.Kind, files: LessonFiles?) -> LessonDocument.Part {
    let source = path("src", isRequired: true, files: files) ?? ""
    let isDecorative = flag("decorative", standard: false)
    let alternative = written("alt")
    if let text = alternative, !(text.isEmpty && isDecorative) {
      checkAlternative(text.trimmed, isDecorative: isDecorative, source: source)
    } else if alternative == nil {
      fail("alt", "missing-alt", "The \(kind.rawValue) has no alt, which says what the picture shows.")
    }
    return .picture(LessonDocument.Picture(kind: kind, source: source, alternative: alternative?.trimmed ?? ""))
  }

  private mutating func checkAlternative(_ text: String, isDecorative: Bool, source: String) {
    if isDecorative {
      fail("alt", "bad-alt", "A decorative picture has alt: \"\".")
    } else if !(5...250).contains(text.count) {
      fail("alt", "bad-alt", "alt has 5 to 250 characters; an empty one needs decorative: true.")
    } else if Self.isFileName(text) || text == source {
      fail("alt", "bad-alt", "alt says what the picture shows, not how its file is called.")
    }
  }

  /// No blank, and a dot with a short ending.
  private static func isFileName(_ text: String) -> Bool {
    guard !text.utf8.contains(where: Ascii.isBlank), let ending = text.cutLast(at: ".")?.after else { return false }
    return (2...5).contains(ending.utf8.count) && ending.utf8.allSatisfy { Ascii.isLetter($0) || Ascii.isDigit($0) }
  }

  private mutating func path(_ key: String, isRequired: Bool, files: LessonFiles?) -> String? {
    guard let path = isRequired ? required(key) : optional(key), !path.isEmpty else { return nil }
    if !Self.isPackPath(path) {
      fail(key, "bad-path", "\(key) is a path inside the pack, such as media/sbi.mp4.")
    } else if let files {
      if files[path] == nil {
        fail(key, "missing-file", "The pack holds no file \(path).")
      } else if files[path]?.byteCount ?? 0 <= 0 {
        fail(key, "empty-file", "The file \(path) is empty.")
      }
    }
    return path
  }

  private static func isPackPath(_ path: String) -> Bool {
    let steps = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    return path.utf8.count <= 200 && steps.allSatisfy { !["", ".", ".."].contains($0) }
      && path.utf8.allSatisfy { $0 > Ascii.space && $0 != 0x7F && $0 != Ascii.backslash && $0 != Ascii.colon }
  }

  /// `m:ss`, such as `1:30`.
  private static func seconds(_ text: String) -> Int? {
    guard let parts = text.cut(at: ":"), parts.after.utf8.count == 2, (1...3).contains(parts.before.utf8.count),
      (parts.before + parts.after).utf8.allSatisfy(Ascii.isDigit), let minutes = Int(parts.before), let seconds = Int(parts.after),
      seconds < 60
    else { return nil }
    return minutes * 60 + seconds
  }
}
