#include "aws/endpoint/endpoint.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "aws/endpoint/exchange.h"
#include "aws/endpoint/line_budget.h"
#include "aws/endpoint/test_services.h"
#include "aws/sigv4/signer.h"
#include "clock/time_text.h"

namespace everseal::aws::endpoint {
namespace {

constexpr std::string_view key_id = "AKIAEXAMPLEKEY000001";
constexpr std::string_view caller_arn = "arn:aws:iam::111122223333:user/ops";

class OneKey final : public sigv4::CredentialSource {
 public:
  Result<std::variant<sigv4::Credential, sigv4::Absence>> find(
      std::string_view access_key_id, std::optional<std::string_view>) const override {
    using Found = std::variant<sigv4::Credential, sigv4::Absence>;
    if (access_key_id != key_id) return Found(sigv4::Absence::Unknown);
    sigv4::Credential credential{.secret = secret};
    credential.caller.account = "111122223333";
    credential.caller.arn = caller_arn;
    credential.caller.access_key_id = access_key_id;
    return Found(std::move(credential));
  }
  std::shared_ptr<const SecretBytes> secret =
      std::make_shared<const SecretBytes>(SecretBytes::copy_of("very/Secret+Key"));
};

// Allows all but what the test forbids, and remembers what it was asked.
class TestAuthorizer final : public Authorizer {
 public:
  Result<std::optional<Denial>> authorize(const Call& call, std::string_view action,
                                          const Access& access) const override {
    asked.push_back(call.caller.arn + " " + std::string(action) + " " + access.resources.at(0));
    if (broken) return Fault::unavailable("the policies cannot be read");
    if (forbidden.contains(std::string(action))) return std::optional(Denial{"not authorized"});
    return std::optional<Denial>();
  }
  mutable std::vector<std::string> asked;
  std::set<std::string> forbidden;
  bool broken = false;
};

class EndpointTest : public testing::Test {
 protected:
  static http::RequestHead head(std::string method, std::string target) {
    http::RequestHead head{.method = std::move(method),
                           .target = std::move(target),
                           .headers = {},
                           .peer = "10.0.0.9"};
    head.headers.add("Host", "pki.example.internal:8443");
    return head;
  }
  static http::RequestHead to_acm(std::string operation) {
    auto made = head("POST", "/");
    made.headers.add("Content-Type", "application/x-amz-json-1.1");
    made.headers.add("X-Amz-Target", "CertificateManager." + operation);
    return made;
  }
  http::Request is_signed(http::RequestHead made, std::string body, std::string service,
                          std::string region = "eu-west-1") const {
    sigv4::sign(
        made, as_bytes(body),
        {std::string(key_id), *keys.secret, std::nullopt, std::move(region), std::move(service)},
        clock.now());
    return {std::move(made), std::move(body)};
  }
  http::Response ask_acm(std::string operation, std::string body) {
    return endpoint.respond(is_signed(to_acm(std::move(operation)), std::move(body), "acm"));
  }
  http::Response ask_iam(std::string form) {
    auto made = head("POST", "/");
    made.headers.add("Content-Type", "application/x-www-form-urlencoded");
    return endpoint.respond(is_signed(std::move(made), std::move(form), "iam", "us-east-1"));
  }
  static std::string error_of(const http::Response& response) {
    return std::to_string(response.status) + " " +
           std::string(response.headers.find("x-amzn-ErrorType").value_or("-"));
  }
  std::string last_line() const { return lines.empty() ? "" : lines.back(); }

  ManualClock clock{*parse_iso8601("2025-01-02T03:04:05Z")};
  OneKey keys;
  sigv4::Verifier verifier{keys, clock};
  TestAuthorizer authorizer;
  CountingRandom random;
  std::vector<std::string> lines;
  Log log{clock, LogLevel::Debug, [this](std::string_view line) { lines.emplace_back(line); }};
  TestServices test;
  Endpoint endpoint{test.all(), {verifier, authorizer, clock, random, log}};
};

using Answering = EndpointTest;

TEST_F(Answering, does_what_was_asked) {
  const auto response = ask_acm("Echo", R"({"Text": "hello"})");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"Text":"hello","Caller":"arn:aws:iam::111122223333:user/ops",)"
                           R"("Region":"eu-west-1"})");
  EXPECT_EQ(authorizer.asked,
            std::vector<std::string>{std::string(caller_arn) + " acm:Echo arn:echo/hello"});
}

TEST_F(Answering, speaks_each_services_protocol) {
  EXPECT_NE(ask_iam("Action=Echo&Version=2010-05-08&Text=hi")
                .body.find("<EchoResult><Text>hi</Text><Caller>"),
            std::string::npos);
  EXPECT_EQ(ask_acm("Ping", "{}").body, "");
  EXPECT_EQ(endpoint.respond(is_signed(head("GET", "/2015-03-31/functions/f"), "", "lambda")).body,
            R"({"FunctionName":"f"})");
}

TEST_F(Answering, leaves_nothing_of_a_body_with_a_secret) {
  const auto services = test.all();
  const Router router({&services.front()});
  RequestMetrics metrics({});
  LineBudget strangers(1);
  const Surroundings around{verifier, authorizer, clock, random, log};
  const auto body_after = [&](std::string operation, std::string body) {
    auto request = is_signed(to_acm(std::move(operation)), std::move(body), "acm");
    const Shared shared{around, router, metrics, strangers};
    const auto response = Exchange(shared, std::move(request.head)).answer(request.body);
    EXPECT_EQ(response.status, 200) << response.body;
    return request.body;
  };
  EXPECT_EQ(body_after("Confide", R"({"Passphrase": "b3BlbiBzZXNhbWU="})"), "");
  EXPECT_EQ(body_after("Echo", R"({"Text": "hello"})"), R"({"Text": "hello"})");
}

TEST_F(Answering, names_every_request) {
  const auto first = ask_acm("Ping", "{}");
  const auto second = ask_acm("Ping", "{}");
  const auto id = first.headers.find("x-amzn-RequestId");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->size(), 36U);
  EXPECT_NE(id, second.headers.find("x-amzn-RequestId"));
  EXPECT_NE(lines.at(0).find(std::string(*id)), std::string::npos);
}

TEST_F(Answering, takes_the_region_of_the_signature) {
  const auto response =
      endpoint.respond(is_signed(to_acm("Echo"), R"({"Text": "x"})", "acm", "ap-southeast-2"));
  EXPECT_NE(response.body.find("ap-southeast-2"), std::string::npos);
  EXPECT_EQ(error_of(endpoint.respond(is_signed(to_acm("Ping"), "{}", "acm", "a:b"))),
            "400 InvalidSignatureException");
}

TEST_F(Answering, refuses_who_does_not_prove_who_they_are) {
  EXPECT_EQ(error_of(endpoint.respond({to_acm("Ping"), "{}"})),
            "400 MissingAuthenticationTokenException");
  auto changed = is_signed(to_acm("Ping"), "{}", "acm");
  changed.body = "{ }";
  EXPECT_EQ(error_of(endpoint.respond(std::move(changed))), "400 InvalidSignatureException");
  EXPECT_EQ(error_of(endpoint.respond(is_signed(to_acm("Ping"), "{}", "iam"))),
            "400 InvalidSignatureException");
  EXPECT_TRUE(authorizer.asked.empty());
}

TEST_F(Answering, reads_nothing_of_a_request_that_is_not_proven) {
  EXPECT_EQ(error_of(endpoint.respond({to_acm("Echo"), "not json"})),
            "400 MissingAuthenticationTokenException");
}

TEST_F(Answering, refuses_what_breaks_the_model_before_asking_for_permission) {
  EXPECT_EQ(error_of(ask_acm("Echo", "{}")), "400 ValidationException");
  EXPECT_EQ(error_of(ask_acm("Echo", "[")), "400 SerializationException");
  auto to_logs = head("POST", "/");
  to_logs.headers.set("X-Amz-Target", "Logs_20140328.Echo");
  EXPECT_EQ(error_of(endpoint.respond(is_signed(std::move(to_logs), "{}", "logs"))),
            "400 InvalidParameterException");
  EXPECT_TRUE(authorizer.asked.empty());
  const auto form = ask_iam("Action=Echo&Version=2010-05-08");
  EXPECT_NE(form.body.find("<Code>ValidationError</Code><Message>1 validation error detected: "
                           "Value null at 'text'"),
            std::string::npos);
}

TEST_F(Answering, refuses_what_policies_forbid) {
  authorizer.forbidden = {"acm:Echo", "iam:Echo"};
  const auto response = ask_acm("Echo", R"({"Text": "x"})");
  EXPECT_EQ(error_of(response), "400 AccessDeniedException");
  EXPECT_NE(response.body.find("not authorized"), std::string::npos);
  const auto query = ask_iam("Action=Echo&Version=2010-05-08&Text=x");
  EXPECT_EQ(query.status, 403);
  EXPECT_NE(query.body.find("<Code>AccessDenied</Code>"), std::string::npos);
}

TEST_F(Answering, asks_no_permission_for_what_needs_none) {
  authorizer.broken = true;
  EXPECT_EQ(ask_acm("Ping", "{}").status, 200);
  EXPECT_EQ(error_of(ask_acm("Echo", R"({"Text": "x"})")), "503 ServiceUnavailableException");
}

TEST_F(Answering, asks_for_every_right_that_the_request_needs) {
  EXPECT_EQ(ask_acm("Echo", R"({"Text": "role"})").status, 200);
  const std::string caller = std::string(caller_arn) + " ";
  EXPECT_EQ(authorizer.asked, (std::vector<std::string>{caller + "acm:Echo arn:echo/role",
                                                        caller + "iam:PassRole arn:role"}));
  authorizer.forbidden = {"iam:PassRole"};
  EXPECT_EQ(error_of(ask_acm("Echo", R"({"Text": "role"})")), "400 AccessDeniedException");
}

TEST_F(Answering, passes_on_the_errors_of_operations) {
  EXPECT_EQ(error_of(ask_acm("Echo", R"({"Text": "refuse"})")), "400 NotWantedException");
  EXPECT_EQ(error_of(ask_acm("Echo", R"({"Text": "full"})")), "503 ServiceUnavailableException");
}

TEST_F(Answering, says_nothing_of_what_broke_but_to_the_log) {
  for (const auto* text : {"break", "throw"}) {
    const auto response = ask_acm("Echo", R"({"Text": ")" + std::string(text) + R"("})");
    EXPECT_EQ(error_of(response), "500 InternalFailure");
    EXPECT_EQ(response.body.find("/var/lib"), std::string::npos);
    EXPECT_EQ(response.body.find("a bug"), std::string::npos);
    EXPECT_NE(last_line().find("\"level\":\"error\""), std::string::npos) << last_line();
  }
  EXPECT_NE(lines.at(0).find("/var/lib: damaged"), std::string::npos);
  EXPECT_NE(lines.at(1).find("a bug"), std::string::npos);
}

TEST_F(Answering, calls_what_broke_as_the_model_of_the_service_does) {
  const auto form = ask_iam("Action=Echo&Version=2010-05-08&Text=break");
  EXPECT_EQ(form.status, 500);
  EXPECT_NE(form.body.find("<Type>Receiver</Type><Code>ServiceFailure</Code>"), std::string::npos);
  EXPECT_NE(ask_iam("Action=Echo&Version=2010-05-08&Text=full").body.find("ServiceUnavailable"),
            std::string::npos);
}

TEST_F(Answering, writes_one_line_for_each_request) {
  ask_acm("Echo", R"({"Text": "confidant"})");
  ASSERT_EQ(lines.size(), 1U);
  for (const auto* part :
       {R"("event":"request")", R"("service":"acm")", R"("operation":"Echo")", R"("status":200)",
        R"("caller":"arn:aws:iam::111122223333:user/ops")",
        R"("access_key_id":"AKIAEXAMPLEKEY000001")", R"("source_ip":"10.0.0.9")", "duration_ms"}) {
    EXPECT_NE(last_line().find(part), std::string::npos) << part << last_line();
  }
  EXPECT_EQ(last_line().find("confidant"), std::string::npos);
  EXPECT_EQ(last_line().find("Signature"), std::string::npos);
}

TEST_F(Answering, does_not_let_strangers_fill_the_log) {
  for (int i = 0; i < 500; ++i) endpoint.respond({to_acm("Ping"), "{}"});
  EXPECT_GE(lines.size(), 50U);
  EXPECT_LT(lines.size(), 500U);  // 50 in each second that this takes
}

TEST_F(Answering, counts_by_service_operation_and_status) {
  ask_acm("Ping", "{}");
  ask_acm("Ping", "{}");
  ask_acm("Ping", "[");
  ask_acm("Nothing", "{}");
  std::map<std::string, OperationSample> samples;
  for (auto& sample : endpoint.metrics().samples()) {
    samples[std::string(sample.service) + "." + std::string(sample.operation)] = sample;
  }
  EXPECT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples["acm.Ping"].answers, (std::map<int, std::uint64_t>{{200, 2}, {400, 1}}));
  EXPECT_EQ(samples["-.-"].answers, (std::map<int, std::uint64_t>{{400, 1}}));
  std::uint64_t durations = 0;
  for (const auto count : samples["acm.Ping"].durations) durations += count;
  EXPECT_EQ(durations, 3U);
}

TEST_F(Answering, bounds_bodies_by_the_operation_or_its_service) {
  const auto limit = [&](const http::RequestHead& made) {
    return std::get<http::WholeBody>(endpoint.route(made)).limit;
  };
  EXPECT_EQ(limit(to_acm("Ping")), 100U);
  EXPECT_EQ(limit(to_acm("Echo")), std::size_t{1} << 20U);
  EXPECT_EQ(limit(head("POST", "/")), std::size_t{1} << 20U);
}

TEST_F(Answering, words_the_servers_own_refusals_as_the_service_would) {
  const auto acm = to_acm("Ping");
  EXPECT_NE(endpoint.refuse(http::Refusal::Busy, &acm).body.find("ThrottlingException"),
            std::string::npos);
  EXPECT_NE(endpoint.refuse(http::Refusal::BodyTooLarge, &acm)
                .body.find("RequestEntityTooLargeException"),
            std::string::npos);
  auto form = head("POST", "/");
  form.headers.add("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_NE(endpoint.refuse(http::Refusal::Busy, &form).body.find("<Code>Throttling</Code>"),
            std::string::npos);
  EXPECT_FALSE(endpoint.refuse(http::Refusal::Malformed, nullptr).body.empty());
}

TEST_F(Answering, gives_refusals_the_status_that_the_protocol_has_for_them) {
  const auto acm = to_acm("Ping");
  const auto s3 = head("PUT", "/bucket/key");
  const auto status = [&](http::Refusal refusal, const http::RequestHead& made) {
    return endpoint.refuse(refusal, &made).status;
  };
  EXPECT_EQ(status(http::Refusal::Timeout, acm), 408);
  EXPECT_EQ(status(http::Refusal::Timeout, s3), 400);
  EXPECT_EQ(status(http::Refusal::BodyTooLarge, acm), 413);
  EXPECT_EQ(status(http::Refusal::BodyTooLarge, s3), 400);
  EXPECT_EQ(status(http::Refusal::Busy, acm), 400);
  EXPECT_EQ(status(http::Refusal::Busy, s3), 503);
  EXPECT_EQ(status(http::Refusal::NotImplemented, acm), 501);
  EXPECT_EQ(status(http::Refusal::Busy, head("POST", "/")), 503);
  EXPECT_EQ(endpoint.refuse(http::Refusal::HeadTooLarge, nullptr).status, 431);
}

TEST_F(Answering, names_and_logs_what_the_server_itself_refused) {
  const auto acm = to_acm("Ping");
  const std::vector<const http::RequestHead*> heads{&acm, nullptr};
  for (const auto* made : heads) {
    const auto response = endpoint.refuse(http::Refusal::Timeout, made);
    const auto id = response.headers.find("x-amzn-RequestId");
    ASSERT_TRUE(id);
    EXPECT_EQ(id->size(), 36U);
    EXPECT_NE(last_line().find(std::string(*id)), std::string::npos) << last_line();
    EXPECT_NE(last_line().find(R"("status":408)"), std::string::npos) << last_line();
  }
}

TEST_F(Answering, does_not_let_refused_strangers_fill_the_log) {
  for (int i = 0; i < 500; ++i) endpoint.refuse(http::Refusal::Malformed, nullptr);
  EXPECT_GE(lines.size(), 50U);
  EXPECT_LT(lines.size(), 500U);
}

TEST_F(Answering, tells_services_apart_by_their_names) {
  for (const auto& facts :
       {protocol::ServiceFacts{.name = "acm", .signing_name = "other"},
        protocol::ServiceFacts{
            .name = "acm", .signing_name = "acm", .protocol = protocol::Protocol::AwsJson11}}) {
    auto services = test.all();
    services.emplace_back(Service{facts});
    EXPECT_THROW(Endpoint(std::move(services), {verifier, authorizer, clock, random, log}),
                 std::logic_error);
  }
}

class StreamTest : public EndpointTest {
 protected:
  std::unique_ptr<http::BodySink> opened(http::RequestHead made) {
    auto result = endpoint.open(std::move(made));
    if (auto* sink = std::get_if<0>(&result)) return std::move(*sink);
    return nullptr;
  }
  http::RequestHead put(std::string_view body) const {
    return is_signed(head("PUT", "/bucket/a/key"), std::string(body), "s3").head;
  }
};

using Streaming = StreamTest;

TEST_F(Streaming, hands_the_body_on_piece_by_piece) {
  ASSERT_TRUE(std::holds_alternative<http::StreamedBody>(endpoint.route(put("hello"))));
  const auto sink = opened(put("hello"));
  ASSERT_NE(sink, nullptr);
  EXPECT_FALSE(sink->write(as_bytes("hel")));
  EXPECT_FALSE(sink->write(as_bytes("lo")));
  const auto response = sink->finish();
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.find("x-amz-size"), "5");
  EXPECT_EQ(test.stored, std::vector<std::string>{"hello"});
  EXPECT_EQ(authorizer.asked.at(0), std::string(caller_arn) + " s3:PutObject bucket/a/key");
}

TEST_F(Streaming, keeps_nothing_of_a_body_that_was_not_signed) {
  const auto sink = opened(put("hello"));
  ASSERT_NE(sink, nullptr);
  EXPECT_FALSE(sink->write(as_bytes("hullo")));
  const auto response = sink->finish();
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find("<Code>XAmzContentSHA256Mismatch</Code>"), std::string::npos);
  EXPECT_TRUE(test.stored.empty());
}

TEST_F(Streaming, ends_when_the_operation_wants_no_more) {
  const auto sink = opened(put("x"));
  ASSERT_NE(sink, nullptr);
  const auto refused = sink->write(as_bytes("more than twenty octets"));
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->body.find("EntityTooLarge"), std::string::npos);
  EXPECT_EQ(lines.size(), 1U);
}

TEST_F(Streaming, survives_a_bug_in_the_operation) {
  const auto sink = opened(put("throw"));
  ASSERT_NE(sink, nullptr);
  EXPECT_FALSE(sink->write(as_bytes("throw")));
  EXPECT_EQ(sink->finish().status, 500);
  EXPECT_NE(last_line().find("a bug"), std::string::npos);
}

TEST_F(Streaming, refuses_before_the_body_is_read) {
  authorizer.forbidden = {"s3:PutObject"};
  EXPECT_EQ(opened(put("hello")), nullptr);
  auto result = endpoint.open(head("PUT", "/bucket/key"));
  const auto* response = std::get_if<http::Response>(&result);
  ASSERT_NE(response, nullptr);
  EXPECT_EQ(response->status, 403);
}

TEST_F(Streaming, takes_what_nobody_signed_as_anonymous) {
  const auto sink = opened(head("PUT", "/bucket/a/key"));
  ASSERT_NE(sink, nullptr);
  EXPECT_FALSE(sink->write(as_bytes("hello")));
  EXPECT_EQ(sink->finish().status, 200);
  EXPECT_EQ(authorizer.asked.at(0), "anonymous s3:PutObject bucket/a/key");
}

TEST_F(Streaming, logs_whoever_signed_the_body_where_nobody_signed_the_head) {
  for (const bool goes_away : {false, true}) {
    const auto sink = opened(head("PUT", "/bucket/a/key"));
    ASSERT_NE(sink, nullptr);
    EXPECT_FALSE(sink->write(as_bytes("by ops: hello")));
    if (!goes_away) EXPECT_EQ(sink->finish().status, 200);
  }
  ASSERT_EQ(lines.size(), 2U);
  for (const auto& line : lines) {
    EXPECT_NE(line.find(R"("caller":"arn:aws:iam::111122223333:user/ops")"), line.npos) << line;
    EXPECT_NE(line.find(R"("region":"eu-north-1")"), line.npos) << line;
  }
}

TEST_F(Streaming, takes_nothing_in_signed_chunks_that_nobody_signed) {
  auto unsigned_head = head("PUT", "/bucket/a/key");
  unsigned_head.headers.add("X-Amz-Content-Sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
  EXPECT_EQ(opened(std::move(unsigned_head)), nullptr);
}

TEST_F(Streaming, finds_the_bucket_in_the_host) {
  auto by_host = head("PUT", "/a/key");
  by_host.headers.set("Host", "bucket.localhost:4566");
  by_host = is_signed(std::move(by_host), "hello", "s3").head;
  ASSERT_TRUE(std::holds_alternative<http::StreamedBody>(endpoint.route(by_host)));
  const auto sink = opened(std::move(by_host));
  ASSERT_NE(sink, nullptr);
  EXPECT_FALSE(sink->write(as_bytes("hello")));
  EXPECT_EQ(sink->finish().status, 200);
  EXPECT_EQ(authorizer.asked.at(0), std::string(caller_arn) + " s3:PutObject bucket/a/key");
}

TEST_F(Streaming, notices_a_client_that_goes_away) {
  auto sink = opened(put("hello"));
  ASSERT_NE(sink, nullptr);
  EXPECT_FALSE(sink->write(as_bytes("hel")));
  sink.reset();
  EXPECT_TRUE(test.stored.empty());
  EXPECT_NE(last_line().find("\"status\":499"), std::string::npos);
}

}  // namespace
}  // namespace everseal::aws::endpoint
