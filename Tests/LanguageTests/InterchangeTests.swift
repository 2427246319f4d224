import Documents
import Glibc
import Testing

@testable import Language

/// Runs lines through pipes, as another program would.
private func run(_ input: String) throws -> (output: [String], bad: Int) {
  let name = "/tmp/bellwether-interchange-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
  let file = open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
  let answer = open(name + ".out", O_RDWR | O_CREAT | O_EXCL, 0o600)
  defer {
    close(file)
    close(answer)
    unlink(name)
    unlink(name + ".out")
  }
  let bytes = Array(input.utf8)
  #expect(write(file, bytes, bytes.count) == bytes.count)
  lseek(file, 0, SEEK_SET)
  let bad = try AnnotationLines.run(Annotator(), input: file, output: answer)
  let size = Int(lseek(answer, 0, SEEK_END))
  lseek(answer, 0, SEEK_SET)
  var out = [UInt8](repeating: 0, count: size)
  #expect(read(answer, &out, size) == size)
  return (String(decoding: out, as: UTF8.self).split(separator: "\n").map(String.init), bad)
}

@Suite struct InterchangeTests {
  @Test func answersEveryLineInOrder() throws {
    let found = try run("{\"id\":\"a\",\"text\":\"One. Two.\"}\n\n{\"text\":\"\",\"id\":\"b\"}")
    #expect(found.bad == 0)
    #expect(found.output.count == 2)
    #expect(
      found.output.first?.hasPrefix(
        "{\"schema\":\"bellwether.annotation/v1\",\"id\":\"a\",\"sentences\":[{\"start\":0,\"end\":4},{\"start\":5,\"end\":9}]") == true)
    #expect(found.output.last?.contains("\"id\":\"b\",\"sentences\":[],\"mentions\":[],\"attributions\":[],\"hedges\":[]}") == true)
  }

  @Test func countsScalarsNotBytes() throws {
    let found = try run(#"{"id":"a","text":"Zoë 😀 left. Ada stayed."}"#)
    #expect(found.output.first?.contains(#""sentences":[{"start":0,"end":11},{"start":12,"end":23}]"#) == true)
  }

  @Test func decodesEscapes() throws {
    let found = try run(#"{"id":"\u0061\n\"","text":"caf\u00e9 \ud83d\ude00.","extra":[1,{"x":null}],"reference_time":null}"#)
    #expect(found.bad == 0)
    #expect(found.output.first?.contains(#""id":"a\n\"""#) == true)
    #expect(found.output.first?.contains(#"{"start":0,"end":7}"#) == true)
  }

  @Test(arguments: [
    "not json", "{\"id\":\"a\"}", "{\"text\":\"a\"}", "{\"id\":1,\"text\":\"a\"}", "{\"id\":\"a\",\"text\":\"a\"} x",
    "{\"id\":\"a\",\"text\":\"a",
    "{\"id\":\"a\",\"text\":\"\\ud83d\"}", "{\"id\":\"a\",\"text\":\"a\",\"reference_time\":\"yesterday\"}",
    "{\"id\":\"a\",\"text\":\"a\tb\"}",
  ])
  func skipsBadLines(line: String) throws {
    let found = try run(line + "\n{\"id\":\"ok\",\"text\":\"fine\"}\n")
    #expect(found.bad == 1)
    #expect(found.output.count == 1 && found.output[0].contains("\"id\":\"ok\""))
  }

  @Test func readsLinesLongerThanItsBuffer() throws {
    let sentence = "Northwind shipped it. "
    let found = try run(
      "{\"id\":\"long\",\"text\":\"" + String(repeating: sentence, count: 20_000) + "\"}\n{\"id\":\"b\",\"text\":\"x\"}\n")
    #expect(found.output.count == 2)
    #expect(found.output[0].contains("{\"start\":439978,\"end\":439999}]"))
  }

  @Test func readsMoments() {
    #expect(AnnotationRequest.moment("2016-11-07")?.second == 0)
    #expect(AnnotationRequest.moment("2016-11-07T16:12:05Z")?.second == 58325)
    #expect(AnnotationRequest.moment("2016-11-07T16:12:00")?.day == CalendarDate(year: 2016, month: 11, day: 7))
    #expect(AnnotationRequest.moment("2016-13-07") == nil)
    #expect(AnnotationRequest.moment("2016-11-07T99:00") == nil)
  }
}
