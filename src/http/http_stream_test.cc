#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <numeric>
#include <semaphore>
#include <thread>

#include "http/test_server.h"

namespace everseal::http {
namespace {

using namespace std::chrono_literals;

// What became of a body that was streamed into the handler.
struct Received {
  std::atomic<std::size_t> pieces = 0;
  std::atomic<std::size_t> octets = 0;
  std::atomic<std::size_t> sum = 0;  // of all octets
  std::atomic<bool> finished = false;
  std::counting_semaphore<> gone{0};  // released when a sink is destroyed
  std::function<std::optional<Response>()> on_write = [] { return std::nullopt; };
};

class TestSink final : public BodySink {
 public:
  explicit TestSink(Received& received) : received_(received) {}
  TestSink(const TestSink&) = delete;
  TestSink& operator=(const TestSink&) = delete;
  ~TestSink() override { received_.gone.release(); }

  std::optional<Response> write(ByteView piece) override {
    ++received_.pieces;
    received_.octets += piece.size();
    received_.sum += std::accumulate(piece.begin(), piece.end(), std::size_t{0});
    return received_.on_write();
  }
  Response finish() override {
    received_.finished = true;
    Response response;
    response.body = std::to_string(received_.octets.load());
    return response;
  }

 private:
  Received& received_;
};

// A server that streams all bodies into `received`, at most `limit` octets.
struct Upload : TestServer {
  Received received;
  explicit Upload(std::uint64_t limit = 1'000'000'000) {
    handler.on_route = [limit](const RequestHead&) { return Route{StreamedBody{limit}}; };
    handler.on_open = [this](const RequestHead&) -> TestHandler::Opened {
      return std::make_unique<TestSink>(received);
    };
  }
  bool sink_is_gone() { return received.gone.try_acquire_for(kPatience); }
};

std::string varied(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 23);
  return text;
}

std::size_t sum_of(const std::string& text) {
  const auto octets = as_bytes(text);
  return std::accumulate(octets.begin(), octets.end(), std::size_t{0});
}

TEST(StreamedBody, reaches_the_sink_piece_by_piece) {
  Upload at;
  const auto body = varied(20'000'000);
  const auto client = client_of(at.start());
  const auto answer = client->send({.method = "PUT", .target = "/"}, body);
  ASSERT_TRUE(answer) << answer.error().cause;
  EXPECT_EQ(answer->body, "20000000");
  EXPECT_EQ(at.received.sum, sum_of(body));
  EXPECT_GT(at.received.pieces, 200u);
  EXPECT_TRUE(at.sink_is_gone());
}

TEST(StreamedBody, keeps_the_connection_afterwards) {
  Upload at;
  RawClient client{at.start()};
  client.say(
      "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n0\r\n\r\nHEAD / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
  EXPECT_TRUE(client.hear_until("\r\n\r\n5").starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(at.received.finished);
  EXPECT_TRUE(client.hear_until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
}

TEST(StreamedBody, comes_through_tls) {
  const auto identity = tls::testing::make_identity("server");
  Upload at;
  at.options.tls = *tls::ServerContext::create(identity);
  at.start();
  const auto body = varied(5'000'000);
  EXPECT_EQ(tls_client_of(at, identity)->send(post("/"), body)->body, "5000000");
  EXPECT_EQ(at.received.sum, sum_of(body));
}

TEST(StreamedBody, is_not_read_faster_than_the_sink_takes_it) {
  std::promise<void> opened;
  const auto open = opened.get_future().share();
  Upload at;
  at.received.on_write = [&]() -> std::optional<Response> {
    open.wait();
    return std::nullopt;
  };
  RawClient client{at.start()};
  client.say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 200000000\r\n\r\n");
  EXPECT_FALSE(client.try_to_say(std::string(200'000'000, 'x'), 300ms));
  EXPECT_EQ(at.received.pieces, 1u);
  EXPECT_LE(at.received.octets, 64u * 1024);
  opened.set_value();
}

TEST(StreamedBody, is_wanted_before_the_client_is_told_to_send_it) {
  Upload at;
  RawClient client{at.start()};
  client.say("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.hear_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.say("ok");
  EXPECT_TRUE(client.hear_until("\r\n\r\n2").starts_with("HTTP/1.1 200 "));
}

TEST(StreamedBody, is_refused_without_being_read) {
  Upload at;
  at.handler.on_open = [](const RequestHead&) -> TestHandler::Opened {
    return Response{.status = 403};
  };
  RawClient client{at.start()};
  client.say("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  const auto answer = client.hear_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 403 ")) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST(StreamedBody, is_refused_in_the_middle) {
  Upload at;
  at.received.on_write = [] { return Response{.status = 409}; };
  RawClient client{at.start()};
  std::jthread sender{[&] {
    client.say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000\r\n\r\n" + varied(9'000'000));
    client.end_sending();
  }};
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 409 "));
  EXPECT_TRUE(at.sink_is_gone());
  EXPECT_FALSE(at.received.finished);
}

TEST(StreamedBody, has_a_limit) {
  Upload at{1000};
  RawClient announced{at.start()};
  announced.say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_TRUE(announced.hear_all().starts_with("HTTP/1.1 413 "));
  RawClient chunked{at};
  chunked.say("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n");
  EXPECT_TRUE(chunked.hear_all().starts_with("HTTP/1.1 413 "));
  EXPECT_TRUE(at.sink_is_gone());
  EXPECT_FALSE(at.received.finished);
}

// So many octets of one kind, or fewer than it said.
class Octets final : public BodySource {
 public:
  explicit Octets(std::size_t count) : left_(count) {}
  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    const auto count = std::min(space.size(), left_);
    std::fill_n(space.begin(), count, std::uint8_t{1});
    left_ -= count;
    return count;
  }

 private:
  std::size_t left_;
};

TEST(ClientBody, is_pulled_while_it_is_sent) {
  Upload at;
  const auto client = client_of(at.start());
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{5'000'000}}) {
    Octets body(size);
    const auto answer = client->send({.method = "PUT", .target = "/"}, body, size);
    ASSERT_TRUE(answer) << answer.error().cause;
    EXPECT_EQ(answer->body, std::to_string(at.received.octets.exchange(0)));
    EXPECT_EQ(answer->body, std::to_string(size));
  }
}

TEST(ClientBody, that_is_refused_half_way_is_told_why) {
  Upload at;
  at.received.on_write = []() -> std::optional<Response> {
    Response refusal;
    refusal.status = 409;
    refusal.body = "no";
    return refusal;
  };
  const auto client = client_of(at.start());
  Octets body(50'000'000);
  const auto answer = client->send({.method = "PUT", .target = "/"}, body, 50'000'000);
  // The connection may be cut before the answer is read.
  if (answer) {
    EXPECT_EQ(answer->status, 409);
  } else {
    EXPECT_EQ(answer.error().kind, Fault::Kind::Unavailable);
  }
  EXPECT_TRUE(at.sink_is_gone());
  EXPECT_FALSE(at.received.finished);
}

TEST(ClientBody, that_ends_too_early_is_never_finished) {
  Upload at;
  const auto client = client_of(at.start());
  Octets body(10);
  EXPECT_FALSE(client->send({.method = "PUT", .target = "/"}, body, 11));
  EXPECT_TRUE(at.sink_is_gone());
  EXPECT_FALSE(at.received.finished);
}

TEST(Client, never_sends_a_head_with_a_line_break_in_it) {
  Upload at;
  const auto client = client_of(at.start());
  const std::vector<RequestHead> heads{
      {.method = "PUT", .target = "/\r\nA: b"},
      {.method = "PUT /\n", .target = "/"},
      {.method = "PUT", .target = "/", .headers = {{"A", "b\nTransfer-Encoding: chunked"}}},
      {.method = "PUT", .target = "/", .headers = {{"A: b\r\nC", "d"}}}};
  for (const auto& head : heads) {
    Octets body(5);
    EXPECT_EQ(client->send(head, body, 5).error().kind, Fault::Kind::Malformed);
    EXPECT_EQ(client->send(head, "hello").error().kind, Fault::Kind::Malformed);
  }
  Octets body(5);
  EXPECT_EQ(client->send({.method = "PUT", .target = "/"}, body, 5)->body, "5");
}

TEST(StreamedBody, is_never_finished_when_the_client_goes_away) {
  Upload at;
  at.start();
  {
    RawClient client{at};
    client.say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000\r\n\r\nbegin");
    while (at.received.pieces == 0) std::this_thread::yield();
  }
  EXPECT_TRUE(at.sink_is_gone());
  EXPECT_FALSE(at.received.finished);
}

TEST(StreamedBody, is_never_finished_when_it_comes_too_slowly) {
  Upload at;
  at.options.limits.body_idle = 30ms;
  RawClient client{at.start()};
  client.say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 408 "));
  EXPECT_TRUE(at.sink_is_gone());
  EXPECT_FALSE(at.received.finished);
}

TEST(StreamedBody, is_never_finished_when_its_chunks_are_broken) {
  Upload at;
  RawClient client{at.start()};
  client.say("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(at.sink_is_gone());
  EXPECT_FALSE(at.received.finished);
}

TEST(StreamedBody, is_given_up_when_the_sink_throws) {
  Upload at;
  at.received.on_write = []() -> std::optional<Response> { throw std::runtime_error("disk"); };
  RawClient client{at.start()};
  client.say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 500 "));
  EXPECT_TRUE(at.sink_is_gone());
}

TEST(StreamedBody, is_given_up_when_the_server_stops) {
  Upload at;
  RawClient client{at.start()};
  client.say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx");
  while (at.received.pieces == 0) std::this_thread::yield();
  at.server->stop(10ms);
  EXPECT_TRUE(at.sink_is_gone());
  EXPECT_FALSE(at.received.finished);
}

// --- Answers that are pulled

struct Pulled {
  std::atomic<std::size_t> octets = 0;
  std::counting_semaphore<> gone{0};  // released when a source is destroyed
};

// Gives `size` octets, then ends or fails.
class TestSource final : public BodySource {
 public:
  enum class End { Well, Fault, Throw };
  TestSource(std::size_t size, End end, Pulled& pulled) : size_(size), end_(end), pulled_(pulled) {}
  TestSource(const TestSource&) = delete;
  TestSource& operator=(const TestSource&) = delete;
  ~TestSource() override { pulled_.gone.release(); }

  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    const auto count = std::min(space.size(), size_ - at_);
    for (std::size_t i = 0; i < count; ++i) {
      space[i] = static_cast<std::uint8_t>('a' + (at_ + i) % 23);
    }
    at_ += count;
    pulled_.octets += count;
    if (count > 0 || end_ == End::Well) return count;
    if (end_ == End::Throw) throw std::runtime_error("the disk is gone");
    return Fault::broken("the disk is gone");
  }

 private:
  std::size_t size_;
  End end_;
  Pulled& pulled_;
  std::size_t at_ = 0;
};

struct Download : TestServer {
  Pulled pulled;
  explicit Download(std::size_t size, std::optional<std::uint64_t> length,
                    TestSource::End end = TestSource::End::Well) {
    handler.on_respond = [this, size, length, end](const Request&) {
      Response response;
      response.source = std::make_unique<TestSource>(size, end, pulled);
      response.length = length;
      return response;
    };
  }
  bool source_is_gone() { return pulled.gone.try_acquire_for(kPatience); }
};

TEST(BodySource, is_sent_with_its_length) {
  Download at{20'000'000, 20'000'000};
  const auto answer = client_of(at.start())->send(get("/"), "");
  ASSERT_TRUE(answer) << answer.error().cause;
  EXPECT_EQ(answer->headers.find("Content-Length"), "20000000");
  EXPECT_TRUE(answer->body == varied(20'000'000));
  EXPECT_TRUE(at.source_is_gone());
}

TEST(BodySource, is_sent_in_chunks_when_its_length_is_unknown) {
  Download at{1'000'000, std::nullopt};
  const auto client = client_of(at.start());
  const auto answer = client->send(get("/"), "");
  EXPECT_EQ(answer->headers.find("Transfer-Encoding"), "chunked");
  EXPECT_TRUE(answer->body == varied(1'000'000));
  EXPECT_TRUE(client->send(get("/"), "")->body == varied(1'000'000));
  EXPECT_EQ(at.server->stats().connections_accepted, 1u);
}

TEST(BodySource, is_sent_until_the_connection_ends_to_clients_that_know_no_chunks) {
  Download at{1000, std::nullopt};
  RawClient client{at.start()};
  client.say("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const auto answer = client.hear_all();
  EXPECT_EQ(answer.find("chunked"), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n" + varied(1000)));
}

TEST(BodySource, may_be_empty) {
  for (const auto length : {std::optional<std::uint64_t>(0), std::optional<std::uint64_t>()}) {
    Download at{0, length};
    EXPECT_EQ(client_of(at.start())->send(get("/"), "")->body, "");
  }
}

TEST(BodySource, comes_through_tls) {
  const auto identity = tls::testing::make_identity("server");
  Download at{5'000'000, 5'000'000};
  at.options.tls = *tls::ServerContext::create(identity);
  EXPECT_TRUE(tls_client_of(at.start(), identity)->send(get("/"), "")->body == varied(5'000'000));
}

TEST(BodySource, is_not_asked_by_head) {
  Download at{1000, 1000};
  const auto answer = client_of(at.start())->send({.method = "HEAD", .target = "/"}, "");
  EXPECT_EQ(answer->headers.find("Content-Length"), "1000");
  EXPECT_TRUE(answer->body.empty());
  EXPECT_EQ(at.pulled.octets, 0u);
}

TEST(BodySource, is_not_pulled_faster_than_the_client_takes_it) {
  Download at{200'000'000, 200'000'000};
  at.options.limits.write_idle = 50ms;
  RawClient client{at.start()};
  client.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(at.source_is_gone());  // the client was too slow
  EXPECT_LT(at.pulled.octets, 100'000'000u);
}

// A part must not look like the whole.
TEST(BodySource, cuts_the_connection_when_it_fails_or_says_another_length) {
  for (const auto end : {TestSource::End::Fault, TestSource::End::Throw}) {
    for (const auto length : {std::optional<std::uint64_t>(2000), std::optional<std::uint64_t>()}) {
      Download at{1000, length, end};
      EXPECT_FALSE(client_of(at.start())->send(get("/"), ""));
      EXPECT_NE(at.lines.text().find("the disk is gone"), std::string::npos);
    }
  }
  Download too_short{1000, 2000};
  EXPECT_FALSE(client_of(too_short.start())->send(get("/"), ""));
  Download too_long{2000, 1000};
  EXPECT_FALSE(client_of(too_long.start())->send(get("/"), ""));
}

// Says the first octet of its body, and the others when the test lets it.
class Withheld final : public BodySource {
 public:
  explicit Withheld(std::binary_semaphore& released) : released_(released) {}
  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    if (begun_) released_.acquire();
    begun_ = true;
    space.front() = 'x';
    return std::size_t{1};
  }

 private:
  std::binary_semaphore& released_;
  bool begun_ = false;
};

TEST(Client, waits_for_no_body_that_it_does_not_need) {
  std::binary_semaphore released{0};
  TestServer at;
  at.handler.on_respond = [&](const Request&) {
    Response response{.status = 202};
    response.length = 2;
    response.source = std::make_unique<Withheld>(released);
    return response;
  };
  at.start();
  auto url = *Url::parse("http://127.0.0.1:" + std::to_string(at.port()));
  auto client =
      *Client::create(std::move(url), {.ca_file = {}, .timeout = 1h, .needs_body = false});
  const auto answer = client->send(post("/"), "");
  released.release();
  ASSERT_TRUE(answer) << answer.error().cause;
  EXPECT_EQ(answer->status, 202);
  EXPECT_TRUE(answer->close);
}

TEST(Server, refuses_with_the_status_that_the_handler_chose) {
  TestServer at;
  at.handler.on_refuse = [](Refusal refusal) {
    return Response{.status = refusal == Refusal::BodyTooLarge ? 400 : 500};
  };
  RawClient client{at.start()};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 400 "));
}

}  // namespace
}  // namespace everseal::http
