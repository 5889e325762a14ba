import Kit
import Store
import Web

/// Lessons by their words; when none holds them all, by titles that are spelt nearly so.
enum LessonSearch {
  static let shown = 8

  static func find(_ text: String, _ viewer: Viewer, _ tx: Transaction) throws -> [SearchEverything.Hit] {
    let words = SearchWord.words(text)
    // Signs alone are near every title.
    if words.isEmpty { return [] }
    let hits = try tx.search(org: viewer.org.value, kinds: ["lesson"], query: text, viewer: viewer.person.value, limit: shown)
    let titles = try LessonTitle.all(viewer, tx)
    let visible = Set(titles.map(\.id))
    let exact = hits.filter { visible.contains(ID($0.id)) }
    if !exact.isEmpty { return exact.map { SearchEverything.Hit(title: $0.title, href: "/lessons/\(ID<Lesson>($0.id))", why: $0.snippet) } }
    return titles.compactMap { lesson -> (slips: Int, lesson: LessonTitle)? in
      TypingErrors.slips(words, in: SearchWord.words(lesson.title)).map { (slips: $0, lesson: lesson) }
    }
    .sorted { ($0.slips, $0.lesson.title, $0.lesson.id) < ($1.slips, $1.lesson.title, $1.lesson.id) }
    .prefix(shown)
    .map { SearchEverything.Hit(title: $0.lesson.title, href: "/lessons/\($0.lesson.id)", why: "Title, spelt nearly so") }
  }
}
