import Testing

@testable import Store

@Suite("The line for connections to PostgreSQL")
struct WaitingLineTests {
  private let start = ContinuousClock.now

  private func line(places: Int = 10) -> WaitingLine<String> {
    var patience = WaitingLine<String>.Patience()
    patience.places = places
    return WaitingLine(patience)
  }

  private func expect(_ outlook: WaitingLine<String>.Outlook, givesUp: Bool, at place: SourceLocation = #_sourceLocation) {
    let isGivenUp = if case .giveUp = outlook { true } else { false }
    #expect(isGivenUp == givesUp, sourceLocation: place)
  }

  @Test("who came first goes first")
  func order() {
    var line = line()
    for name in ["a", "b", "c"] { _ = line.add(name, .writing, now: start) }
    let order = [line.next(), line.next(), line.next(), line.next()]
    #expect(order == ["a", "b", "c", nil])
  }

  @Test("who writes alone goes before all, keeps other writers back, and lets readers pass")
  func alone() {
    var line = line()
    _ = line.add("writer", .writing, now: start)
    _ = line.add("alone", .writingAlone, now: start)
    _ = line.add("alone too", .writingAlone, now: start)
    _ = line.add("reader", .reading, now: start)
    let first = [line.next(), line.next(), line.next()]
    #expect(first == ["alone", "reader", nil])
    let mayPass = [line.mayPass(.writing), line.mayPass(.reading)]
    #expect(mayPass == [false, true])
    line.ended(.writingAlone, now: start)
    let second = [line.next(), line.next()]
    #expect(second == ["alone too", nil])
    line.ended(.writingAlone, now: start)
    let third = [line.next(), line.next()]
    #expect(third == ["writer", nil])
    let mayWrite = line.mayPass(.writing)
    #expect(mayWrite)
  }

  @Test("two seconds of standstill end the waiting; a line that moves is worth waiting in, up to twenty")
  func patience() {
    var line = line()
    let first = line.add("a", .reading, now: start)
    expect(line.look(after: first, isSessionFree: false, now: start + .seconds(1.9)), givesUp: false)
    line.ended(.reading, now: start + .seconds(1.9))
    expect(line.look(after: first, isSessionFree: false, now: start + .seconds(3.8)), givesUp: false)
    expect(line.look(after: first, isSessionFree: false, now: start + .seconds(3.9)), givesUp: true)
    let second = line.add("b", .reading, now: start + .seconds(10))
    line.ended(.reading, now: start + .seconds(29.9))
    expect(line.look(after: second, isSessionFree: false, now: start + .seconds(29.95)), givesUp: false)
    expect(line.look(after: second, isSessionFree: false, now: start + .seconds(30)), givesUp: true)
  }

  @Test("a writer that is only kept back by one who writes alone does not call that a standstill")
  func keptBack() {
    var line = line()
    let isAlone = line.mayPass(.writingAlone)
    #expect(isAlone)
    let number = line.add("writer", .writing, now: start)
    expect(line.look(after: number, isSessionFree: true, now: start + .seconds(10)), givesUp: false)
    expect(line.look(after: number, isSessionFree: true, now: start + .seconds(20)), givesUp: true)
  }

  @Test("a place that was served or given up is gone, and a full line says so")
  func places() {
    var line = line(places: 2)
    let first = line.add("a", .reading, now: start)
    #expect(!line.isFull)
    _ = line.add("b", .reading, now: start)
    #expect(line.isFull)
    let served = line.next()
    #expect(served == "a")
    if case .gone = line.look(after: first, isSessionFree: false, now: start + .seconds(60)) {} else { Issue.record("it is still there") }
    let dismissed = line.dismiss()
    #expect(dismissed == ["b"])
    #expect(!line.isFull)
  }
}
