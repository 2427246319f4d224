import Configuration
import Documents
import Foundation
import Glibc
import TestSupport
import Testing

@testable import PluginHost

/// Real programs that turn files into text, and fake ones that do what they do on their worst days.
@Suite("A converter") struct ConverterTests {
  private func converters(
    _ chosen: [String: Configuration.Converter] = Configuration.Converter.standard, time: Duration = .seconds(30), size: Int = 16 << 20
  ) -> Converters {
    var configuration = Configuration(environment: Environment())
    configuration.converters = chosen
    configuration.limits.convertTime = time
    configuration.limits.fileSize = size
    return Converters(configuration)
  }

  /// Runs a shell script as the converter of `.x`.
  private func convert(_ script: String, _ input: String = "hello", time: Duration = .seconds(30), size: Int = 16 << 20) throws -> String? {
    let folder = TemporaryFolder()
    folder.write("#!/bin/sh\n\(script)\n", to: "convert", mode: 0o755)
    let converters = converters(["x": Configuration.Converter(["\(folder.path)/convert", "{file}"])], time: time, size: size)
    return try converters.convert(Array(input.utf8), ending: "x").map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  private func refusal(_ body: () throws -> String?) -> String {
    do {
      return "no refusal, but \(try body() ?? "nothing")"
    } catch {
      return "\(error)"
    }
  }

  @Test(.enabled(if: access("/usr/bin/pdftotext", X_OK) == 0)) func `reads a PDF`() throws {
    let text = try #require(
      try converters().convert(SamplePDF.page(["Northwind cuts deep", "", "Northwind laid off 240 people."]), ending: "pdf"))
    #expect(String(decoding: text.bytes, as: UTF8.self) == "Northwind cuts deep\nNorthwind laid off 240 people.\n\n")
    #expect(text.markup == .text)
  }

  @Test(.enabled(if: access("/usr/bin/pdftotext", X_OK) == 0)) func `says why a broken PDF gave no text`() throws {
    let reason = refusal {
      let text = try converters().convert(Array("%PDF-1.4\nnothing".utf8), ending: "pdf")
      return text.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
    #expect(reason.hasPrefix("not converted: pdftotext ended with exit status 1"), "\(reason)")
  }

  @Test(.enabled(if: access("/usr/bin/pandoc", X_OK) == 0), arguments: ["docx", "odt", "rtf", "epub"])
  func `reads what an office program writes`(format: String) throws {
    let file = "/tmp/bellwether-converter-\(getpid()).\(format)"
    defer { unlink(file) }
    let markdown = "---\ntitle: The plan\n---\n\n# Northwind\n\nNorthwind laid off 240 people & more.\n"
    let made = try Command.run(["-s", "-f", "markdown", "-t", format, "-o", file], input: markdown, program: "/usr/bin/pandoc")
    try #require(made.status == 0, "\(made.errors)")
    let bytes = try TestFile.bytes(file)
    let text = try #require(try converters().convert(bytes, ending: format))
    #expect(text.markup == .markdown)
    let document = try DocumentReader.read(bytes, hints: ReadingHints(fileName: "plan.\(format)"), converted: text)
    #expect(String(decoding: document.text, as: UTF8.self).contains("Northwind laid off 240 people & more."))
    #expect(document.isConverted && document.source == document.text && document.revision == SHA256.hex(bytes))
    if format == "docx" { #expect(document.title == "The plan") }
  }

  @Test func `has the file as its input and as a path that can be sought in`() throws {
    #expect(try convert("cat") == "hello")
    #expect(try convert("tail -c 2 \"$1\"; cat \"$1\"") == "lohello")
  }

  @Test func `cannot change what it is given, nor leave anything behind`() throws {
    #expect(try convert("echo bad 2>/dev/null >\"$1\"; echo bad 2>/dev/null >/tmp/bellwether-left-behind; cat") == "hello")
    #expect(!TestFile.exists("/tmp/bellwether-left-behind"))
  }

  @Test func `sees no file of the user's, and nothing of the environment`() throws {
    let secret = "/tmp/bellwether-secret-\(getpid())"
    try TestFile.write("secret", to: secret)
    defer { unlink(secret) }
    if Confinement.landlockABI > 0 { #expect(try convert("cat \(secret) 2>/dev/null || echo closed") == "closed\n") }
    setenv("BELLWETHER_TEST_SECRET", "secret", 1)
    #expect(try convert("echo \"[$BELLWETHER_TEST_SECRET]\"") == "[]\n")
  }

  @Test func `that hangs is ended at its time`() throws {
    #expect(refusal { try convert("sleep 999", time: .seconds(1)) } == "not converted: convert took longer than 1s (limits.convert_time)")
  }

  @Test func `that floods is ended at the size of a note`() throws {
    let reason = refusal { try convert("exec yes", size: 1 << 20) }
    #expect(reason == "too large: convert wrote more than 1MiB (limits.file_size)")
  }

  @Test func `that fails is quoted, and what it wrote is not taken`() throws {
    let reason = refusal { try convert("echo half of it; echo no such font >&2; exit 3") }
    #expect(reason == "not converted: convert ended with exit status 3; last words: no such font")
  }

  @Test func `that dies of a signal is said to`() throws {
    #expect(refusal { try convert("kill -SEGV $$") }.contains("killed by signal 11"))
  }

  @Test func `that forks is ended with all it started`() throws {
    let folder = TemporaryFolder()
    let mark = "97.\(getpid())"
    folder.write("#!/bin/sh\nsleep \(mark) & sleep \(mark) & echo done; exit 0\n", to: "convert", mode: 0o755)
    let converters = converters(["x": Configuration.Converter(["\(folder.path)/convert"])])
    // The children hold the pipe; the text is complete all the same.
    #expect(try converters.convert([], ending: "x").map { String(decoding: $0.bytes, as: UTF8.self) } == "done\n")
    func left() -> [String] {
      Files.names(in: "/proc").filter { name in
        let line = (try? Files.bytes("/proc/\(name)/cmdline", limit: 4096).get()).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return line.contains(mark) && Int32(name).map(isAlive) ?? false
      }
    }
    // A killed process is gone when the kernel has come to it.
    let deadline = ContinuousClock.now + .seconds(20)
    while !left().isEmpty, ContinuousClock.now < deadline { sched_yield() }
    #expect(left() == [])
  }

  @Test func `that eats memory meets its bound`() throws {
    let folder = TemporaryFolder()
    folder.write("#!/usr/bin/python3\nx = bytearray(1 << 30)\nprint(len(x))\n", to: "convert", mode: 0o755)
    var configuration = Configuration(environment: Environment())
    configuration.converters = ["x": Configuration.Converter(["\(folder.path)/convert"])]
    configuration.limits.convertMemory = 256 << 20
    #expect(refusal { try Converters(configuration).convert([], ending: "x").map { "\($0.bytes.count)" } }.contains("MemoryError"))
  }

  @Test func `that is not there is named with the package that has it`() throws {
    let absent = Configuration.Converter(["no-such-program", "-"], package: "some-package")
    let converters = converters(["x": absent])
    let reason = refusal { try converters.convert([], ending: "x").map { "\($0)" } }
    let advice = "install the package some-package (apt install some-package), then run bellwether reload"
    #expect(reason == "no converter: no-such-program is not installed; \(advice)")
    #expect(converters.missing == ["x: no-such-program is not installed; \(advice)"])
  }

  @Test func `that appears or changes gives its files another fingerprint`() throws {
    let folder = TemporaryFolder()
    let chosen = ["x": Configuration.Converter(["\(folder.path)/convert"])]
    let before = converters(chosen).fingerprint("x")
    folder.write("#!/bin/sh\ncat\n", to: "convert", mode: 0o755)
    let after = converters(chosen).fingerprint("x")
    #expect(before != after)
    folder.write("#!/bin/sh\ncat | cat\n", to: "convert", mode: 0o755)
    #expect(converters(chosen).fingerprint("x") != after)
    #expect(converters(chosen).fingerprint("md") == nil)
  }

  @Test func `that others may write to is not run`() throws {
    let folder = TemporaryFolder()
    folder.write("#!/bin/sh\ncat\n", to: "convert", mode: 0o777)
    chmod("\(folder.path)/convert", 0o777)
    let converters = converters(["x": Configuration.Converter(["\(folder.path)/convert"])])
    #expect(refusal { try converters.convert([], ending: "x").map { "\($0)" } }.contains("can be written by other users"))
  }

  @Test func `is given up when the daemon stops`() throws {
    let folder = TemporaryFolder()
    folder.write("#!/bin/sh\nsleep 999\n", to: "convert", mode: 0o755)
    let converters = converters(["x": Configuration.Converter(["\(folder.path)/convert"])])
    converters.stop()
    #expect(throws: ReadingRefusal.interrupted) { try converters.convert([], ending: "x") }
  }
}
