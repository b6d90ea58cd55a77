#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <set>
#include <stdexcept>
#include <thread>

#include "http/test_server.h"

// Answers that are at hand, and are given without a worker.
namespace everseal::http {
namespace {

Route small_body(const RequestHead&) { return SmallBody{100}; }

Response saying(std::string text) {
  Response response;
  response.body = std::move(text);
  return response;
}

// No worker is to be asked.
Response not_wanted(const Request&) {
  ADD_FAILURE() << "a worker was asked";
  return saying("worker");
}

struct AtOnceServer : TestServer {
  AtOnceServer() {
    handler.on_route = small_body;
    handler.on_respond = not_wanted;
    handler.on_respond_now = [](const Request& request) {
      return saying(request.head.method + " " + request.head.target + " " + request.body);
    };
  }
};

TEST(AtOnce, answers_a_request_without_a_body) {
  AtOnceServer at;
  const auto client = client_of(at.start());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client->send(get("/a?b"), "")->body, "GET /a?b ");
  EXPECT_EQ(at.server->stats().connections_accepted, 1u);
  EXPECT_EQ(at.server->stats().requests, 3u);
}

TEST(AtOnce, answers_a_request_with_its_whole_body) {
  AtOnceServer at;
  EXPECT_EQ(client_of(at.start())->send(post("/"), "question")->body, "POST / question");
}

TEST(AtOnce, waits_for_a_body_that_comes_in_portions) {
  AtOnceServer at;
  RawClient client{at.start()};
  client.say("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.hear_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.say("bo");
  client.say("dy");
  EXPECT_NE(client.hear_until("POST /x body").find("Content-Length: 12\r\n"), std::string::npos);
}

TEST(AtOnce, refuses_a_body_above_its_limit) {
  AtOnceServer at;
  RawClient client{at.start()};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 413 "));
}

TEST(AtOnce, gives_a_worker_the_request_as_it_came_when_nothing_is_at_hand) {
  AtOnceServer at;
  at.handler.on_respond_now = [](const Request&) { return std::nullopt; };
  at.handler.on_respond = [](const Request& request) {
    return saying(request.head.method + " " + request.head.target + " " + request.head.peer + " " +
                  std::string(*request.head.headers.find("X-Mark")) + " " + request.body);
  };
  RequestHead head = post("/a?b");
  head.headers.add("X-Mark", "a rather long value that no string keeps within itself");
  EXPECT_EQ(client_of(at.start())->send(std::move(head), "body")->body,
            "POST /a?b 127.0.0.1 a rather long value that no string keeps within itself body");
}

TEST(AtOnce, answers_while_all_workers_are_busy) {
  AtOnceServer at;
  std::latch begun(1);
  std::promise<void> go_on;
  auto may_go_on = go_on.get_future().share();
  at.options.workers = 1;
  at.handler.on_respond_now = [](const Request& request) {
    return request.head.target == "/slow" ? std::nullopt : std::optional(saying("at hand"));
  };
  at.handler.on_respond = [&](const Request&) {
    begun.count_down();
    may_go_on.wait();
    return saying("slow");
  };
  at.start();
  auto slow =
      std::async(std::launch::async, [&] { return client_of(at)->send(get("/slow"), "")->body; });
  begun.wait();
  EXPECT_EQ(client_of(at)->send(get("/fast"), "")->body, "at hand");
  go_on.set_value();
  EXPECT_EQ(slow.get(), "slow");
}

TEST(AtOnce, answers_pipelined_requests_in_their_order_whoever_answers_them) {
  AtOnceServer at;
  at.handler.on_respond_now = [](const Request& request) {
    const bool is_at_hand = request.head.target.back() % 2 == 0;
    return is_at_hand ? std::optional(saying(request.head.target + "!")) : std::nullopt;
  };
  at.handler.on_respond = [](const Request& request) { return saying(request.head.target + "!"); };
  RawClient client{at.start()};
  std::string requests;
  for (int i = 0; i < 100; ++i) {
    requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }
  client.say(requests);
  for (int i = 0; i < 100; ++i) {
    EXPECT_NE(client.hear_until("!").find("\r\n\r\n/" + std::to_string(i) + "!"),
              std::string::npos);
  }
}

TEST(AtOnce, answers_500_when_the_handler_throws_and_serves_the_next) {
  AtOnceServer at;
  at.handler.on_respond_now = [](const Request& request) -> std::optional<Response> {
    if (request.head.target == "/bug") throw std::runtime_error("a bug");
    return saying("well");
  };
  RawClient client{at.start()};
  client.say("GET /bug HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 500 "));
  EXPECT_NE(at.lines.text().find("a bug"), std::string::npos);
  EXPECT_EQ(client_of(at)->send(get("/"), "")->body, "well");
}

TEST(AtOnce, reads_no_source_on_an_io_thread) {
  struct Source final : BodySource {
    Result<std::size_t> read(std::span<std::uint8_t>) override {
      ADD_FAILURE() << "the source was read";
      return std::size_t{0};
    }
  };
  AtOnceServer at;
  at.handler.on_respond_now = [](const Request&) {
    Response response;
    response.source = std::make_unique<Source>();
    return response;
  };
  EXPECT_EQ(client_of(at.start())->send(get("/"), "")->status, 500);
}

TEST(AtOnce, is_done_by_as_many_io_threads_as_there_are) {
  AtOnceServer at;
  std::mutex mutex;
  std::set<std::thread::id> threads;
  at.options.io_threads = 3;
  at.handler.on_respond_now = [&](const Request&) {
    const std::lock_guard lock(mutex);
    threads.insert(std::this_thread::get_id());
    return saying("");
  };
  at.start();
  for (int i = 0; i < 9; ++i) EXPECT_EQ(client_of(at)->send(get("/"), "")->status, 200);
  EXPECT_EQ(threads.size(), 3u);
}

}  // namespace
}  // namespace everseal::http
