#include "front_door.h"

#include <gtest/gtest.h>

namespace everseal::app {
namespace {

// Says that it was asked; refuses with 400 where it knows the request.
class Behind final : public http::Handler {
 public:
  http::Route route(const http::RequestHead&) override { return http::WholeBody{.limit = 7}; }
  http::Response respond(http::Request) override {
    http::Response response;
    response.headers = headers;
    response.body = "behind";
    return response;
  }
  http::Headers headers;
  http::Response refuse(http::Refusal refusal, const http::RequestHead* head) override {
    return head != nullptr ? http::Response{.status = 400} : Handler::refuse(refusal, head);
  }
};

class FrontDoorTest : public testing::Test {
 protected:
  static http::RequestHead get(std::string target, std::string authorization = {}) {
    http::RequestHead head{.method = "GET", .target = std::move(target)};
    if (!authorization.empty()) head.headers.add("Authorization", std::move(authorization));
    return head;
  }
  http::Response ask(http::RequestHead head) { return door.respond({std::move(head), {}}); }

  ManualClock clock{from_millis(0)};
  std::vector<std::string> lines;
  Log log{clock, LogLevel::Debug, [this](std::string_view line) { lines.emplace_back(line); }};
  CountingRandom random;
  Behind behind;
  bool healthy = true;
  FrontDoor door{behind,
                 {.health = [this]() -> Outcome {
                    if (healthy) return {};
                    return Fault::unavailable("the disk is full");
                  },
                  .metrics = [] { return std::string("up 1\n"); },
                  .console = {.answer =
                                  [](const http::RequestHead& head) {
                                    http::Response response;
                                    response.body = "console " + std::string(head.path());
                                    return response;
                                  },
                              .is_of_bucket =
                                  [](const http::RequestHead& head) {
                                    return head.headers.find("Host") == "site.localhost";
                                  }},
                  .linked = {{"/.file/",
                              [](const http::RequestHead& head) {
                                http::Response response;
                                response.body = "file " + std::string(head.path());
                                return response;
                              }}}},
                 random,
                 log};
};

TEST_F(FrontDoorTest, shows_health_and_metrics_to_watchers_with_whatever_they_bring) {
  EXPECT_EQ(ask(get("/health")).body, "{\"status\":\"ok\"}\n");
  EXPECT_EQ(ask(get("/metrics")).body, "up 1\n");
  EXPECT_EQ(ask(get("/metrics?module=tls", "Bearer abc")).body, "up 1\n");
  EXPECT_EQ(ask(get("/health", "Basic d2F0Y2g6ZXI=")).status, 200);
}

TEST_F(FrontDoorTest, is_not_healthy_when_the_storage_is_not) {
  healthy = false;
  const auto response = ask(get("/health"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body.find("disk"), std::string::npos);
}

TEST_F(FrontDoorTest, hands_over_what_is_signed_for_aws) {
  EXPECT_EQ(ask(get("/health", "AWS4-HMAC-SHA256 Credential=a")).body, "behind");
  EXPECT_EQ(ask(get("/metrics?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0")).body, "behind");
  EXPECT_EQ(ask(get("/")).body, "behind");
  http::RequestHead post{.method = "POST", .target = "/health"};
  EXPECT_EQ(ask(std::move(post)).body, "behind");
  EXPECT_EQ(std::get<http::WholeBody>(door.route(get("/"))).limit, 7U);
  EXPECT_EQ(std::get<http::WholeBody>(door.route(get("/health"))).limit, 0U);
}

TEST_F(FrontDoorTest, shows_the_console_to_who_brings_no_signature) {
  EXPECT_EQ(ask(get("/console")).body, "console /console");
  EXPECT_EQ(ask(get("/console/?X-Amz-Algorithm=x", "Basic d2F0Y2g6ZXI=")).body,
            "console /console/");
  EXPECT_EQ(ask(get("/console/../health")).body, "console /console/../health");
  EXPECT_EQ(ask(get("/console/a", "AWS4-HMAC-SHA256 Credential=a")).body, "behind");
  EXPECT_EQ(ask(get("/console/a?X-Amz-Signature=0")).body, "behind");
  EXPECT_EQ(ask(get("/console/a?AWSAccessKeyId=a&Signature=0")).body, "behind");
  EXPECT_EQ(ask(get("/consoles")).body, "behind");
  // A form of a browser, which has its signature within.
  EXPECT_EQ(ask({.method = "POST", .target = "/console"}).body, "behind");
}

TEST_F(FrontDoorTest, lets_no_object_become_a_service_worker_before_the_console) {
  auto script = get("/console/worker.js?X-Amz-Signature=0", "AWS4-HMAC-SHA256 Credential=a");
  script.headers.add("Service-Worker", "script");
  EXPECT_EQ(ask(std::move(script)).body, "console /console/worker.js");
}

TEST_F(FrontDoorTest, has_no_console_where_the_host_is_a_bucket) {
  auto page = get("/console/");
  page.headers.add("Host", "site.localhost");
  behind.headers = {{"Content-Type", "text/html"}};
  const auto response = ask(std::move(page));
  EXPECT_EQ(response.body, "behind");
  EXPECT_FALSE(response.headers.contains("Content-Security-Policy"));
}

TEST_F(FrontDoorTest, lets_no_object_act_as_the_console) {
  for (const char* type : {"text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml",
                           "image/svg+xml", "application/xml", "text/xml"}) {
    behind.headers = {{"Content-Type", type}};
    const auto page = ask(get("/site/page?X-Amz-Signature=0"));
    const auto policy = page.headers.find("Content-Security-Policy").value_or("");
    EXPECT_TRUE(policy.starts_with("sandbox ")) << type;
    EXPECT_EQ(policy.find("allow-same-origin"), policy.npos);
    EXPECT_EQ(policy.find("allow-scripts"), policy.npos);
    EXPECT_FALSE(page.headers.contains("Cache-Control"));
  }
  for (const char* type : {"", "application/pdf", "image/png", "unknown/unknown"}) {
    behind.headers = {{"Content-Type", type}};
    const auto file = ask(get("/site/file", "AWS4-HMAC-SHA256 Credential=a"));
    EXPECT_FALSE(file.headers.contains("Content-Security-Policy")) << type;
    EXPECT_EQ(file.headers.find("X-Content-Type-Options"), "nosniff") << type;
  }
}

TEST_F(FrontDoorTest, lets_browsers_keep_no_object_in_the_place_of_the_console) {
  behind.headers = {{"Cache-Control", "max-age=31536000, immutable"}};
  const auto script = ask(get("/console/assets/index.js", "AWS4-HMAC-SHA256 Credential=a"));
  EXPECT_EQ(script.body, "behind");
  EXPECT_EQ(script.headers.find("Cache-Control"), "no-store");
  EXPECT_EQ(script.headers.count("Cache-Control"), 1U);
}

TEST_F(FrontDoorTest, leaves_the_name_to_buckets_where_there_is_no_console) {
  FrontDoor without{
      behind, {.health = [] { return Outcome(); }, .metrics = [] { return ""; }}, random, log};
  EXPECT_EQ(without.respond({get("/console/"), {}}).body, "behind");
  behind.headers = {{"Content-Type", "text/html"}};
  EXPECT_FALSE(without.respond({get("/console"), {}}).headers.contains("Content-Security-Policy"));
}

TEST_F(FrontDoorTest, gives_what_links_lead_to_and_logs_no_link) {
  EXPECT_EQ(ask(get("/.file/s3cret")).body, "file /.file/s3cret");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find("/.file/"), std::string::npos);
  EXPECT_EQ(lines[0].find("s3cret"), std::string::npos);
  EXPECT_EQ(ask(get("/.file")).body, "behind");
  EXPECT_EQ(ask({.method = "PUT", .target = "/.file/s3cret"}).body, "behind");
}

TEST_F(FrontDoorTest, lets_watchers_be_refused_in_plain_words) {
  const auto signed_head = get("/health", "AWS4-HMAC-SHA256 Credential=a"), plain = get("/health");
  EXPECT_EQ(door.refuse(http::Refusal::Busy, &plain).status, 503);
  EXPECT_EQ(door.refuse(http::Refusal::Busy, &signed_head).status, 400);
}

TEST_F(FrontDoorTest, names_each_look_in_answer_and_log) {
  const auto response = ask(get("/health"));
  const std::string id(response.headers.find("x-amzn-RequestId").value_or(""));
  EXPECT_EQ(id.size(), 36U);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find(id), std::string::npos) << lines[0];
  EXPECT_NE(lines[0].find("\"level\":\"debug\""), std::string::npos);
}

}  // namespace
}  // namespace everseal::app
