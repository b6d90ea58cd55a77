#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "http/client.h"
#include "http/head_scanner.h"
#include "http/listen.h"
#include "http/message.h"
#include "http/request_parser.h"
#include "http/response_text.h"

namespace everseal::http {
namespace {

using namespace std::literals;

// --- Messages

TEST(Headers, are_found_without_regard_to_case_and_keep_their_order) {
  Headers headers{{"A", "1"}, {"b", "2"}, {"a", "3"}};
  EXPECT_EQ(headers.find("a"), "1");
  EXPECT_EQ(headers.count("A"), 2u);
  headers.set("B", "4");
  EXPECT_EQ(headers.find("b"), "4");
  headers.remove("a");
  EXPECT_FALSE(headers.contains("A"));
}

TEST(RequestHead, splits_its_target) {
  const RequestHead head{.method = "GET", .target = "/a/b?c=d?e"};
  EXPECT_EQ(head.path(), "/a/b");
  EXPECT_EQ(head.query(), "c=d?e");
  const RequestHead absolute{.method = "GET", .target = "http://host:80?q"};
  EXPECT_EQ(absolute.path(), "/");
  EXPECT_EQ(absolute.query(), "q");
  const RequestHead star{.method = "OPTIONS", .target = "*"};
  EXPECT_EQ(star.path(), "*");
}

// --- Addresses

TEST(Listen, is_an_address_and_a_port) {
  EXPECT_EQ(Listen::parse("127.0.0.1:4566")->text(), "127.0.0.1:4566");
  EXPECT_EQ(Listen::parse("[::1]:0")->text(), "[::1]:0");
  EXPECT_EQ(Listen::parse("localhost:1")->address, "127.0.0.1");
  for (const auto* text : {"", "127.0.0.1", ":80", "::1:80", "[::1]", "example.org:80",
                           "127.0.0.1:65536", "127.0.0.1:", "127.0.0.1:8x", "127.0.0.1:-1"}) {
    EXPECT_FALSE(Listen::parse(text)) << text;
  }
}

TEST(Listen, knows_which_addresses_do_not_leave_the_machine) {
  for (const auto* text : {"127.0.0.1:1", "127.9.9.9:1", "[::1]:1"}) {
    EXPECT_TRUE(Listen::parse(text)->is_loopback()) << text;
  }
  for (const auto* text : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1"}) {
    EXPECT_FALSE(Listen::parse(text)->is_loopback()) << text;
  }
}

TEST(Url, is_read_and_says_its_host) {
  const auto url = Url::parse("https://pki.example.internal:8443/base/");
  EXPECT_EQ(url->host, "pki.example.internal");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->path, "/base");
  EXPECT_EQ(url->host_header(), "pki.example.internal:8443");
  EXPECT_EQ(Url::parse("https://a")->host_header(), "a");
  EXPECT_EQ(Url::parse("http://a:443")->host_header(), "a:443");
  EXPECT_EQ(Url::parse("http://[::1]:4566")->host_header(), "[::1]:4566");
  EXPECT_EQ(Url::parse("http://[::1]:4566")->host, "::1");
  for (const auto* text : {"", "ftp://a", "http://", "http://:80", "http://a:", "http://a:x",
                           "http://u@a", "http://[::1", "a:80", "http://[::1]80"}) {
    EXPECT_FALSE(Url::parse(text)) << text;
  }
}

// --- Heads

TEST(HeadScanner, finds_the_empty_line) {
  HeadScanner scanner;
  EXPECT_EQ(scanner.scan("GET / HTTP/1.1\r\nA: b\r\n"), HeadScanner::State::More);
  EXPECT_EQ(scanner.scan("GET / HTTP/1.1\r\nA: b\r\n\r\nrest"), HeadScanner::State::Complete);
  EXPECT_EQ(scanner.size(), 24u);
}

TEST(HeadScanner, refuses_lines_that_readers_could_read_differently) {
  for (const auto head : {"GET / HTTP/1.1\nHost: a\n\n"sv, "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"sv,
                          "GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n"sv, "GET / \rHTTP/1.1\r\n\r\n"sv,
                          "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n"sv, " GET / HTTP/1.1\r\n\r\n"sv,
                          "GET / HTTP/1.1\r\nA: b\r\n\rX"sv, "\r\nGET"sv}) {
    HeadScanner scanner;
    EXPECT_EQ(scanner.scan(head), HeadScanner::State::Malformed) << head;
  }
}

// --- Requests

struct Parsed {
  std::optional<Refusal> refusal;
  ParsedHead head;
  std::string body;
  std::size_t taken = 0;
  bool is_done = false;
};

// Gives the octets to a parser in portions.
Parsed parse(const std::vector<std::string>& portions, const Limits& limits = {},
             std::uint64_t most = 1'000'000) {
  RequestParser parser{limits};
  Parsed parsed;
  std::string waiting;
  bool has_head = false;
  for (const auto& portion : portions) {
    waiting += portion;
    if (!has_head) {
      std::size_t taken = 0;
      auto head = parser.read_head(waiting, taken);
      if (!head) return {.refusal = head.error(), .head = {}, .body = {}};
      if (!*head) continue;
      parsed.head = **std::move(head);
      waiting.erase(0, taken);
      parsed.taken += taken;
      has_head = true;
      if (const auto fits = parser.limit_body(most); !fits) {
        return {.refusal = fits.error(), .head = {}, .body = {}};
      }
    }
    const auto taken = parser.read_body(waiting, parsed.body, std::string::npos);
    if (!taken) return {.refusal = taken.error(), .head = {}, .body = {}};
    waiting.erase(0, *taken);
    parsed.taken += *taken;
  }
  parsed.is_done = has_head && parser.is_done();
  return parsed;
}

std::optional<Refusal> refusal_of(const std::string& text) { return parse({text}).refusal; }

TEST(RequestParser, reads_a_head_and_its_body) {
  const auto parsed = parse(
      {"POST /a%20b?c HTTP/1.1\r\nHost: h\r\nX: 1\r\nx:  2 \r\nContent-Length: 5\r\n\r\nhello!!"});
  ASSERT_TRUE(parsed.is_done);
  EXPECT_EQ(parsed.head.request.method, "POST");
  EXPECT_EQ(parsed.head.request.target, "/a%20b?c");
  EXPECT_EQ(parsed.head.request.headers.count("X"), 2u);
  std::vector<std::string> values;
  for (const auto& header : parsed.head.request.headers) values.push_back(header.value);
  EXPECT_EQ(values, (std::vector<std::string>{"h", "1", "2", "5"}));
  EXPECT_EQ(parsed.body, "hello");
  EXPECT_TRUE(parsed.head.keep_alive);
}

TEST(RequestParser, reads_chunks_with_extensions_and_trailers) {
  const auto parsed =
      parse({"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
             "5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX-Checksum: 1\r\n\r\nGET"});
  ASSERT_TRUE(parsed.is_done);
  EXPECT_EQ(parsed.body, "hello!");
  EXPECT_FALSE(parsed.head.request.headers.contains("X-Checksum"));
}

TEST(RequestParser, skips_empty_lines_before_a_request) {
  EXPECT_TRUE(parse({"\r", "\n\r", "\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"}).is_done);
  EXPECT_EQ(refusal_of("\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n"), Refusal::Malformed);
}

TEST(RequestParser, refuses_what_makes_the_end_of_a_body_doubtful) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const std::string headers :
       {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5\r\ncontent-length: 6\r\n",
        "Content-Length: 5, 5\r\n", "Content-Length: +5\r\n", "Content-Length: -5\r\n",
        "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n", "Content-Length:\r\n",
        "Content-Length: 99999999999999999999\r\n", "Content-Length : 5\r\n", "Content-Length\r\n",
        ": 5\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "A: b\r\n Content-Length: 5\r\n", "A: b\nContent-Length: 5\r\n", "Host: h\r\n"}) {
    EXPECT_EQ(refusal_of(start + headers + "\r\nhello"), Refusal::Malformed) << headers;
  }
}

TEST(RequestParser, refuses_codings_that_it_does_not_know) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const std::string coding : {"gzip", "gzip, chunked", "chunked, gzip", "identity", "xchunked",
                                   "chunked;q=1", "\"chunked\"", ""}) {
    EXPECT_EQ(refusal_of(start + "Transfer-Encoding: " + coding + "\r\n\r\n"),
              Refusal::NotImplemented)
        << coding;
  }
}

TEST(RequestParser, refuses_chunks_whose_size_is_no_number) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string chunks :
       {"x\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "\r\nhello",
        "10000000000000000\r\nhello", "5\nhello\r\n0\r\n\r\n"}) {
    EXPECT_EQ(refusal_of(start + chunks), Refusal::Malformed) << chunks;
  }
}

TEST(RequestParser, refuses_heads_that_are_no_requests) {
  for (const std::string head :
       {"GET /\r\n\r\n", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
        "G ET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA\r\n\r\n", "GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: \x01\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA b: c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
    const auto refusal = refusal_of(head);
    EXPECT_TRUE(refusal == Refusal::Malformed || refusal == Refusal::Version) << head;
  }
  EXPECT_EQ(refusal_of("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), Refusal::Version);
  EXPECT_EQ(refusal_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Refusal::Version);
}

TEST(RequestParser, refuses_heads_beyond_the_limits) {
  const Limits limits{.head_bytes = 200, .headers = 3};
  const std::string start = "GET / HTTP/1.1\r\nHost: h\r\n";
  EXPECT_TRUE(parse({start + "A: 1\r\nB: 2\r\n\r\n"}, limits).is_done);
  EXPECT_EQ(parse({start + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n"}, limits).refusal, Refusal::HeadTooLarge);
  const std::string exact = start + "A: " + std::string(200 - start.size() - 7, 'x') + "\r\n\r\n";
  ASSERT_EQ(exact.size(), 200u);
  EXPECT_TRUE(parse({exact}, limits).is_done);
  EXPECT_EQ(parse({start + "A: " + std::string(200, 'x')}, limits).refusal, Refusal::HeadTooLarge);
}

TEST(RequestParser, refuses_bodies_beyond_the_limit) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\n";
  EXPECT_TRUE(parse({start + "Content-Length: 5\r\n\r\nhello"}, {}, 5).is_done);
  EXPECT_EQ(parse({start + "Content-Length: 6\r\n\r\n"}, {}, 5).refusal, Refusal::BodyTooLarge);
  const std::string chunked = start + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
  EXPECT_TRUE(parse({chunked + "2\r\nde\r\n0\r\n\r\n"}, {}, 5).is_done);
  EXPECT_EQ(parse({chunked + "3\r\n"}, {}, 5).refusal, Refusal::BodyTooLarge);
}

TEST(RequestParser, refuses_chunk_sizes_and_trailers_that_do_not_end) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  const Limits limits{.head_bytes = 200};
  EXPECT_EQ(parse({start + "1;" + std::string(300, 'x')}, limits).refusal, Refusal::HeadTooLarge);
  EXPECT_EQ(parse({start + "0\r\nA: " + std::string(300, 'x')}, limits).refusal,
            Refusal::HeadTooLarge);
}

TEST(RequestParser, says_who_wants_to_go_on_and_who_waits_for_a_word) {
  const auto of = [](const std::string& version, const std::string& headers) {
    return parse({"GET / HTTP/" + version + "\r\nHost: h\r\n" + headers + "\r\n"}).head;
  };
  EXPECT_TRUE(of("1.1", "").keep_alive);
  EXPECT_FALSE(of("1.1", "Connection: Close\r\n").keep_alive);
  EXPECT_FALSE(of("1.0", "").keep_alive);
  EXPECT_TRUE(of("1.0", "Connection: keep-alive\r\n").keep_alive);
  EXPECT_TRUE(of("1.1", "Expect: 100-Continue\r\n").expects_continue);
  EXPECT_FALSE(of("1.0", "Expect: 100-continue\r\n").expects_continue);
}

TEST(RequestParser, stops_when_a_piece_is_full) {
  const Limits limits;
  RequestParser parser{limits};
  std::size_t taken = 0;
  ASSERT_TRUE(
      parser.read_head("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", taken));
  std::string body;
  const std::string chunks = "6\r\nabcdef\r\n0\r\n\r\n";
  const auto first = parser.read_body(chunks, body, 4);
  EXPECT_EQ(body, "abcd");
  EXPECT_FALSE(parser.is_done());
  body.clear();
  EXPECT_TRUE(parser.read_body(std::string_view(chunks).substr(*first), body, 4));
  EXPECT_EQ(body, "ef");
  EXPECT_TRUE(parser.is_done());
}

// A request that is cut into portions anywhere.
std::vector<std::string> any_portions(const std::string& text) {
  std::vector<std::string> portions;
  const auto cuts = *rc::gen::container<std::vector<std::size_t>>(
      rc::gen::inRange<std::size_t>(0, text.size() + 1));
  auto sorted = cuts;
  std::sort(sorted.begin(), sorted.end());
  std::size_t at = 0;
  for (const auto cut : sorted) {
    portions.push_back(text.substr(at, cut - at));
    at = cut;
  }
  portions.push_back(text.substr(at));
  return portions;
}

std::string any_octets() { return *rc::gen::container<std::string>(rc::gen::arbitrary<char>()); }

TEST(RequestParser, reads_the_same_however_the_octets_arrive) {
  EXPECT_TRUE(rc::check("portions do not matter", [] {
    const auto body = any_octets();
    std::string text = "POST /x HTTP/1.1\r\nHost: h\r\n";
    if (*rc::gen::arbitrary<bool>()) {
      text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    } else {
      text += "Transfer-Encoding: chunked\r\n\r\n";
      for (const auto& piece : any_portions(body)) {
        if (!piece.empty()) append_chunk(text, piece);
      }
      append_last_chunk(text);
    }
    const auto parsed = parse(any_portions(text));
    RC_ASSERT(parsed.is_done);
    RC_ASSERT(parsed.body == body);
    RC_ASSERT(parsed.taken == text.size());
  }));
}

TEST(RequestParser, answers_any_octets) {
  EXPECT_TRUE(rc::check("no input breaks it", [] {
    const std::string start = *rc::gen::element<std::string>(
        "", "GET / HTTP/1.1\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
    const auto parsed = parse(any_portions(start + any_octets()), {.head_bytes = 100});
    RC_ASSERT(parsed.taken <= start.size() + 10'000);
  }));
}

// --- Responses

std::string printed(const Response& response, const Framing& framing, bool keep_alive = true) {
  std::string text;
  append_head(text, response, framing, keep_alive, "Thu, 02 Jan 2025 03:04:05 GMT");
  return text;
}

TEST(ResponseText, says_what_a_client_must_know) {
  Response response{.status = 404};
  response.headers.add("Content-Type", "text/plain");
  response.body = "four";
  EXPECT_EQ(printed(response, {}),
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n"
            "Date: Thu, 02 Jan 2025 03:04:05 GMT\r\nContent-Length: 4\r\n\r\n");
}

TEST(ResponseText, keeps_the_framing_to_itself) {
  Response response{.status = 299};
  response.headers = {{"Content-Length", "99"},
                      {"transfer-encoding", "x"},
                      {"Date", "now"},
                      {"connection", "upgrade"}};
  EXPECT_EQ(printed(response, {}, /*keep_alive=*/false),
            "HTTP/1.1 299 \r\nDate: now\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST(ResponseText, never_lets_a_value_begin_a_new_line) {
  Response response;
  response.headers.add("Location", "/a\r\nSet-Cookie: b\n\x7f");
  EXPECT_NE(printed(response, {}).find("Location: /a  Set-Cookie: b  \r\n"), std::string::npos);
}

TEST(ResponseText, tells_the_length_of_what_head_leaves_out) {
  Response response;
  response.length = 12345;
  EXPECT_NE(printed(response, {.to_head = true}).find("Content-Length: 12345\r\n"),
            std::string::npos);
}

TEST(ResponseText, has_no_length_where_there_is_no_body) {
  for (const int status : {204, 304}) {
    const Response response{.status = status};
    EXPECT_EQ(printed(response, {}).find("Content-Length"), std::string::npos) << status;
    EXPECT_FALSE(has_body(response, {}));
  }
}

}  // namespace
}  // namespace everseal::http
