import Interchange
import Kit

/// Questions of a GIFT file as lessons: one for each category, cut where fifteen minutes are full.
struct QuestionLessons {
  private(set) var documents: [(document: LessonDocument, minutes: Int)] = []
  /// "file.gift, line 12: …".
  private(set) var faults: [String] = []
  private(set) var questions = 0
  static let most = 20

  init(_ file: LessonPack.File) {
    let report = GIFT.read(file.content)
    faults = report.refused.map { "\(file.name), line \($0.line): \($0.text)" }
    let base = file.name.split(separator: "/").last.map(String.init) ?? file.name
    let stem = base.split(separator: ".").first.map(String.init) ?? "questions"
    var order: [String] = []
    var grouped: [String: [GIFT.Question]] = [:]
    for question in report.questions {
      let category = question.category ?? ""
      if grouped[category] == nil { order.append(category) }
      var plain = question
      plain.category = nil
      grouped[category, default: []].append(plain)
    }
    if faults.isEmpty, report.questions.isEmpty { faults = ["\(file.name), line 1: There is no question in this file."] }
    for category in order {
      let last = category.split(separator: "/").last.map(String.init) ?? ""
      let name = last.isEmpty ? stem : "\(stem) \(last)"
      add(grouped[category] ?? [], name: name, id: Self.id(name, category: category), file: file.name)
    }
  }

  /// An id has room for some ASCII only. Of other names a digest of name and category is part, so that no two of them are the same.
  private static func id(_ name: String, category: String) -> String {
    let letters = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let slug = String(letters).split(separator: "-").prefix(8).joined(separator: "-")
    if !slug.isEmpty, name.allSatisfy({ $0.isASCII }) { return "questions-\(slug)" }
    let digest = SHA1.digest("\(name)\n\(category)".utf8).prefix(4).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let words = slug.prefix(32).split(separator: "-").joined(separator: "-")
    return words.isEmpty ? "questions-\(digest)" : "questions-\(words)-\(digest)"
  }

  private mutating func add(_ questions: [GIFT.Question], name: String, id: String, file: String) {
    var rest = questions[...]
    var number = 1
    while !rest.isEmpty {
      var count = min(Self.most, rest.count)
      var reading = reading(rest.prefix(count), name: name, id: id, number: number)
      while reading.document == nil, count > 1, reading.duration.minutes > 15 {
        count /= 2
        reading = self.reading(rest.prefix(count), name: name, id: id, number: number)
      }
      if let document = reading.document {
        documents.append((document, reading.duration.minutes))
        self.questions += count
      } else {
        faults += reading.errors.prefix(3).map { "\(file), \"\(name)\": \($0.text)" }
      }
      rest = rest.dropFirst(count)
      number += 1
    }
  }

  private func reading(_ questions: ArraySlice<GIFT.Question>, name: String, id: String, number: Int) -> LessonDocument.Reading {
    let title = name.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    let document = LessonDocument(
      id: id + (number > 1 ? "-\(number)" : ""),
      title: "Questions: \(title.isEmpty ? "check yourself" : title)\(number > 1 ? ", part \(number)" : "")", language: "en",
      parts: [.quiz(Array(questions))])
    return LessonDocument.read(Array(document.text.utf8), files: [:])
  }
}
