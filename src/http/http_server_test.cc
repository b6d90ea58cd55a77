#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <thread>

#include "http/test_server.h"

namespace everseal::http {
namespace {

using namespace std::chrono_literals;

TEST(Server, answers_a_request) {
  TestServer at;
  const auto client = client_of(at.start());
  const auto answer = client->send(post("/a?b"), "body");
  ASSERT_TRUE(answer) << answer.error().cause;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "POST /a?b body");
  EXPECT_EQ(answer->headers.find("Date"), "Thu, 02 Jan 2025 03:04:05 GMT");
}

TEST(Server, tells_the_handler_who_asks) {
  TestServer at;
  at.handler.on_respond = [](const Request& request) {
    Response response;
    response.body = request.head.peer + (request.head.secure ? " tls " : " plain ") +
                    std::string(*request.head.headers.find("host"));
    return response;
  };
  const auto answer = client_of(at.start())->send(get("/"), "");
  EXPECT_EQ(answer->body, "127.0.0.1 plain 127.0.0.1:" + std::to_string(at.port()));
}

TEST(Server, keeps_a_connection_for_the_next_request) {
  TestServer at;
  const auto client = client_of(at.start());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client->send(get("/" + std::to_string(i)), "")->body,
              "GET /" + std::to_string(i) + " ");
  }
  EXPECT_EQ(at.server->stats().connections_accepted, 1u);
  EXPECT_EQ(at.server->stats().requests, 3u);
}

TEST(Server, answers_pipelined_requests_in_their_order) {
  TestServer at;
  RawClient client{at.start()};
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    requests += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx";
  }
  client.say(requests);
  for (int i = 0; i < 50; ++i) {
    EXPECT_NE(client.hear_until("x").find("POST /" + std::to_string(i) + " "), std::string::npos);
  }
}

TEST(Server, answers_thousands_of_pipelined_requests_without_a_worker) {
  TestServer at;
  at.handler.on_route = [](const RequestHead&) {
    Response response;
    response.body = "!";
    return Route{std::move(response)};
  };
  RawClient client{at.start()};
  std::string requests;
  for (int i = 0; i < 5000; ++i) requests += "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  std::jthread sender{[&] { client.say(requests); }};
  for (int i = 0; i < 5000; ++i) ASSERT_TRUE(client.hear_until("!").starts_with("HTTP/1.1 200"));
}

TEST(Server, answers_head_without_a_body) {
  TestServer at;
  RawClient client{at.start()};
  client.say("HEAD /abc HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_NE(client.hear_until("\r\n\r\n").find("Content-Length: 10\r\n"), std::string::npos);
  EXPECT_TRUE(client.hear_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
}

TEST(Server, tells_who_waits_to_send_the_body) {
  TestServer at;
  RawClient client{at.start()};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(client.hear_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.say("body");
  EXPECT_NE(client.hear_until("POST / body").find("200 OK"), std::string::npos);
}

TEST(Server, refuses_a_body_that_is_announced_as_too_large_before_it_comes) {
  TestServer at;
  RawClient client{at.start()};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
  const auto answer = client.hear_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 413 ")) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  EXPECT_NE(answer.find(sentence_of(Refusal::BodyTooLarge)), std::string::npos);
}

TEST(Server, lets_a_client_read_the_refusal_of_a_body_that_is_on_its_way) {
  TestServer at;
  RawClient client{at.start()};
  const std::string megabytes(4'000'000, 'x');
  std::jthread sender{[&] {
    client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\n" + megabytes);
    client.end_sending();
  }};
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 413 "));
}

TEST(Server, refuses_a_chunked_body_that_grows_too_large) {
  TestServer at;
  RawClient client{at.start()};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n" +
             std::string(500, 'x') + "\r\n1f5\r\n");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 413 "));
}

TEST(Server, lets_who_comes_before_it_serves_wait) {
  TestServer at;
  auto opened = Server::open(at.options, at.handler, at.clock, at.log);
  ASSERT_TRUE(opened);
  at.server = *std::move(opened);
  RawClient early{at};
  early.say("GET /early HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(at.server->stats().connections_accepted, 0u);
  at.server->serve();
  EXPECT_TRUE(early.hear_until("GET /early ").ends_with("GET /early "));
}

TEST(Server, refuses_heads_that_are_too_large) {
  TestServer at;
  RawClient client{at.start()};
  client.say("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(40'000, 'x'));
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 431 "));
}

TEST(Server, refuses_what_is_no_http) {
  TestServer at;
  at.start();
  for (const std::string octets :
       {"\x80\x80\x01\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "GET / HTTP/1.1\nHost: h\n\n"}) {
    RawClient client{at};
    EXPECT_TRUE(client.say(octets).hear_all().starts_with("HTTP/1.1 400 ")) << octets;
  }
  EXPECT_EQ(at.server->stats().refused, 3u);
}

// The second request is what an attacker would smuggle past a proxy that reads the first otherwise.
TEST(Server, never_takes_the_rest_of_a_doubtful_request_for_another) {
  TestServer at;
  at.start();
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
  for (const std::string headers :
       {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n", "Transfer-Encoding: chunked, identity\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: 44\r\n\r\n", "Content-Length: 0, 44\r\n\r\n",
        "Content-Length: 0\r\n 44\r\n\r\n", "Content-Length : 44\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    RawClient client{at};
    const auto answer =
        client.say("POST / HTTP/1.1\r\nHost: h\r\n" + headers + smuggled).hear_all();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ") || answer.starts_with("HTTP/1.1 501 "))
        << headers << answer;
    EXPECT_EQ(answer.find("smuggled"), std::string::npos) << headers;
  }
}

TEST(Server, drops_a_request_that_was_cut_off) {
  TestServer at;
  at.start();
  for (const std::string begun :
       {"GET / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx"}) {
    RawClient client{at};
    client.say(begun).end_sending();
    EXPECT_TRUE(client.has_ended()) << begun;
  }
}

TEST(Server, answers_a_client_that_has_ended_its_side) {
  TestServer at;
  RawClient client{at.start()};
  client.say("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").end_sending();
  EXPECT_TRUE(client.hear_all().ends_with("GET /a "));
}

TEST(Server, refuses_a_head_that_comes_too_slowly) {
  TestServer at;
  at.options.limits.head = 30ms;
  RawClient client{at.start()};
  client.say("GET / HTTP/1.1\r\nHost: h\r\n");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 408 "));
}

TEST(Server, refuses_a_body_that_comes_too_slowly) {
  TestServer at;
  at.options.limits.body_idle = 30ms;
  RawClient client{at.start()};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx");
  EXPECT_TRUE(client.hear_all().starts_with("HTTP/1.1 408 "));
}

TEST(Server, refuses_a_body_that_comes_drop_by_drop) {
  TestServer at;
  at.options.limits.whole_body = 60ms;
  at.handler.on_route = [](const RequestHead&) { return Route{WholeBody{1'000'000'000}}; };
  RawClient client{at.start()};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 999999999\r\n\r\n");
  std::jthread drops{[&](const std::stop_token& stop) {
    while (!stop.stop_requested() && client.try_to_say("x", 1ms)) std::this_thread::yield();
  }};
  EXPECT_TRUE(client.hear_until("\r\n\r\n").starts_with("HTTP/1.1 408 "));
}

TEST(Server, ends_a_connection_on_which_nothing_comes) {
  TestServer at;
  at.options.limits.head = 30ms;
  at.options.limits.keep_alive = 30ms;
  RawClient silent{at.start()};
  EXPECT_TRUE(silent.has_ended());
  RawClient idle{at};
  idle.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(idle.hear_until("GET / ").starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(idle.has_ended());
}

TEST(Server, ends_a_connection_when_the_client_or_the_handler_wants_it) {
  TestServer at;
  RawClient client{at.start()};
  client.say("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_NE(client.hear_all().find("Connection: close\r\n"), std::string::npos);
  TestServer other;
  other.handler.on_respond = [](const Request&) { return Response{.status = 200, .close = true}; };
  RawClient second{other.start()};
  second.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_NE(second.hear_all().find("Connection: close\r\n"), std::string::npos);
}

TEST(Server, speaks_http_1_0) {
  TestServer at;
  RawClient client{at.start()};
  client.say("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(client.hear_until("GET /a ").find("Connection: keep-alive\r\n"), std::string::npos);
  client.say("GET /b HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(client.hear_all().ends_with("GET /b "));
}

TEST(Server, answers_for_a_handler_that_throws_and_goes_on) {
  TestServer at;
  at.handler.on_respond = [](const Request&) -> Response { throw std::runtime_error("a bug"); };
  const auto client = client_of(at.start());
  for (int i = 0; i < 2; ++i) EXPECT_EQ(client->send(get("/"), "")->status, 500);
  EXPECT_NE(at.lines.text().find("a bug"), std::string::npos);
}

TEST(Server, ends_only_the_connection_whose_routing_threw) {
  TestServer at;
  at.handler.on_route = [](const RequestHead& head) -> Route {
    if (head.target == "/bug") throw std::runtime_error("a bug on the io thread");
    return WholeBody{1000};
  };
  at.start();
  const auto other = client_of(at);
  EXPECT_EQ(other->send(get("/"), "")->status, 200);
  EXPECT_FALSE(client_of(at)->send(get("/bug"), ""));
  EXPECT_EQ(other->send(get("/"), "")->status, 200);
  EXPECT_NE(at.lines.text().find("a bug on the io thread"), std::string::npos);
}

// A handler that answers when the test says so.
struct Gate {
  std::promise<void> opened;
  std::shared_future<void> open = opened.get_future().share();
  std::latch entered;

  explicit Gate(std::ptrdiff_t requests) : entered(requests) {}
  void attach(TestHandler& handler) {
    handler.on_respond = [this](const Request&) {
      entered.count_down();
      open.wait();
      Response response;
      response.body = "late";
      return response;
    };
  }
};

TEST(Server, refuses_early_when_all_workers_and_the_queue_are_full) {
  Gate gate{1};
  TestServer at;
  at.options.workers = 1;
  at.options.limits.queued_requests = 1;
  gate.attach(at.handler);
  at.start();
  const std::string request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  RawClient running{at};
  running.say(request);
  gate.entered.wait();
  // Of the next ones one waits; the others are refused at once, and may come again.
  std::vector<std::unique_ptr<RawClient>> others;
  for (int i = 0; i < 3; ++i) {
    others.push_back(std::make_unique<RawClient>(at));
    others.back()->say(request);
  }
  while (at.server->stats().refused < 2) std::this_thread::yield();
  gate.opened.set_value();
  int late = 0, refused = 0;
  for (auto& other : others) {
    const auto answer = other->hear_until("\r\n\r\n");
    late += answer.starts_with("HTTP/1.1 200 ") ? 1 : 0;
    refused += answer.starts_with("HTTP/1.1 503 ") ? 1 : 0;
    EXPECT_EQ(answer.find("Connection: close"), std::string::npos);
  }
  EXPECT_EQ(late, 1);
  EXPECT_EQ(refused, 2);
  EXPECT_TRUE(running.hear_until("late").starts_with("HTTP/1.1 200 "));
}

TEST(Server, refuses_bodies_that_memory_has_no_room_for) {
  TestServer at;
  at.options.limits.buffered_bytes = 500;
  RawClient client{at.start()};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 600\r\n\r\n" + std::string(600, 'x'));
  EXPECT_TRUE(client.hear_until("\r\n\r\n").starts_with("HTTP/1.1 503 "));
  const auto other = client_of(at);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(other->send(post("/"), std::string(400, 'x'))->status, 200);
}

TEST(Server, tells_the_connections_in_excess_that_they_are_too_many) {
  TestServer at;
  at.options.limits.connections = 2;
  at.start();
  const auto first = client_of(at), second = client_of(at);
  EXPECT_EQ(first->send(get("/"), "")->status, 200);
  EXPECT_EQ(second->send(get("/"), "")->status, 200);
  RawClient third{at};
  const auto answer = third.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n").hear_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 503 ")) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  EXPECT_EQ(first->send(get("/"), "")->status, 200);
}

TEST(Server, ends_a_connection_whose_client_takes_nothing) {
  TestServer at;
  at.options.limits.write_idle = 30ms;
  at.handler.on_respond = [](const Request&) {
    Response response;
    response.body = std::string(30'000'000, 'x');
    return response;
  };
  RawClient client{at.start()};
  client.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  while (at.server->stats().connections_open > 0 || at.server->stats().requests == 0) {
    std::this_thread::yield();
  }
  EXPECT_LT(client.hear_all().size(), 30'000'000u);
}

TEST(Server, says_which_address_is_taken) {
  TestServer at;
  at.start();
  TestServer second;
  second.options.listen = {at.server->listening().front()};
  const auto opened = Server::open(second.options, second.handler, second.clock, second.log);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Fault::Kind::Unavailable);
  EXPECT_NE(opened.error().cause.find(std::to_string(at.port())), std::string::npos);
}

TEST(Server, listens_on_several_addresses_with_several_io_threads) {
  TestServer at;
  at.options.listen = {Listen{}, *Listen::parse("127.0.0.2:0")};
  at.options.io_threads = 2;
  at.start();
  ASSERT_EQ(at.server->listening().size(), 2u);
  for (const auto& listening : at.server->listening()) {
    const auto client = *Client::create(*Url::parse("http://" + listening.text()), {});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client->send(get("/"), "")->status, 200);
  }
}

// --- TLS

TEST(Server, speaks_tls_and_plain_http_on_one_port) {
  const auto identity = tls::testing::make_identity("server");
  TestServer at;
  at.options.tls = *tls::ServerContext::create(identity);
  at.handler.on_respond = [](const Request& request) {
    Response response;
    response.body = (request.head.secure ? "tls " : "plain ") + request.body;
    return response;
  };
  at.handler.on_route = [](const RequestHead&) { return Route{WholeBody{1'000'000}}; };
  at.start();
  const auto secure = tls_client_of(at, identity);
  const std::string large(900'000, 'y');
  EXPECT_EQ(secure->send(post("/"), large)->body, "tls " + large);
  EXPECT_EQ(secure->send(post("/"), "again")->body, "tls again");
  EXPECT_EQ(client_of(at)->send(post("/"), "x")->body, "plain x");
  EXPECT_EQ(at.server->stats().connections_accepted, 2u);
}

TEST(Server, wants_tls_where_others_can_listen) {
  const auto identity = tls::testing::make_identity("server");
  TestServer at;
  at.options.listen = {*Listen::parse("0.0.0.0:0")};
  at.options.tls = *tls::ServerContext::create(identity);
  RawClient plain{at.start()};
  const auto answer = plain.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n").hear_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << answer;
  EXPECT_NE(answer.find("use https"), std::string::npos);
  EXPECT_EQ(tls_client_of(at, identity)->send(get("/"), "")->status, 200);
}

TEST(Server, serves_revocation_lists_in_the_clear_where_it_is_told_to) {
  TestServer at;
  at.options.listen = {Listen{.address = "0.0.0.0", .port = 0, .plain = PlainHttp::Anywhere}};
  EXPECT_EQ(client_of(at.start())->send(get("/crl"), "")->status, 200);
}

TEST(Server, cuts_off_tls_where_it_has_no_identity) {
  TestServer at;
  RawClient client{at.start()};
  EXPECT_TRUE(client.say("\x16\x03\x01").has_ended());
}

TEST(Server, shows_another_identity_without_a_restart) {
  const auto old_identity = tls::testing::make_identity("old");
  const auto new_identity = tls::testing::make_identity("new");
  const auto context = *tls::ServerContext::create(old_identity);
  TestServer at;
  at.options.tls = context;
  at.start();
  const auto standing = tls_client_of(at, old_identity);
  EXPECT_EQ(standing->send(get("/"), "")->status, 200);
  ASSERT_TRUE(context->replace(new_identity));
  EXPECT_EQ(standing->send(get("/"), "")->status, 200);
  EXPECT_EQ(tls_client_of(at, new_identity)->send(get("/"), "")->status, 200);
  EXPECT_FALSE(tls_client_of(at, old_identity)->send(get("/"), ""));
}

// --- Stopping

TEST(Server, finishes_what_has_begun_before_it_stops) {
  Gate gate{1};
  TestServer at;
  gate.attach(at.handler);
  at.start();
  RawClient busy{at}, idle{at};
  busy.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  gate.entered.wait();
  auto stopped = std::async(std::launch::async, [&] { at.server->stop(kPatience); });
  EXPECT_TRUE(idle.has_ended());
  gate.opened.set_value();
  const auto answer = busy.hear_all();
  EXPECT_TRUE(answer.ends_with("late"));
  EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
  stopped.wait();
  EXPECT_EQ(at.server->stats().connections_open, 0u);
  EXPECT_FALSE(
      ClientSocket::connect("127.0.0.1", at.port(), std::chrono::steady_clock::now() + kPatience));
}

TEST(Server, cuts_off_what_does_not_end_within_the_deadline) {
  TestServer at;
  RawClient slow{at.start()};
  slow.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx");
  while (at.server->stats().requests == 0) std::this_thread::yield();
  at.server->stop(20ms);
  EXPECT_TRUE(slow.has_ended());
}

TEST(Server, drops_what_waits_for_a_worker_when_the_deadline_has_passed) {
  Gate gate{1};
  TestServer at;
  at.options.workers = 1;
  gate.attach(at.handler);
  at.start();
  RawClient running{at}, waiting{at};
  running.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  gate.entered.wait();
  waiting.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  while (at.server->stats().queued == 0) std::this_thread::yield();
  auto stopped = std::async(std::launch::async, [&] { at.server->stop(10ms); });
  EXPECT_TRUE(waiting.has_ended());
  gate.opened.set_value();
  stopped.wait();
}

}  // namespace
}  // namespace everseal::http
