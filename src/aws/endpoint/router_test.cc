#include "aws/endpoint/router.h"

#include <gtest/gtest.h>

#include <string>

#include "aws/endpoint/test_services.h"

namespace everseal::aws::endpoint {
namespace {

class RouterTest : public testing::Test {
 protected:
  // "acm.Echo", or "acm: code" where there is no operation.
  std::string routed(const http::RequestHead& head, std::string_view body = {},
                     std::string_view signing_name = {}) const {
    const auto found = router.route(head, body, signing_name);
    const std::string service =
        found.service != nullptr ? std::string(found.service->facts().name) : "-";
    if (found.operation != nullptr)
      return service + "." + std::string(found.operation->facts().name);
    return service + ": " + std::string(found.refusal->code) + " " +
           std::to_string(found.refusal->http_status);
  }

  static http::RequestHead with_target(std::string target) {
    http::RequestHead head{.method = "POST", .target = "/", .headers = {}, .peer = {}};
    head.headers.add("X-Amz-Target", std::move(target));
    return head;
  }
  static http::RequestHead to(std::string method, std::string target) {
    return {.method = std::move(method), .target = std::move(target), .headers = {}, .peer = {}};
  }

  TestServices test;
  std::vector<Service> services = test.all();
  Router router{[&] {
    std::vector<const Service*> pointers;
    for (const auto& service : services) pointers.push_back(&service);
    return pointers;
  }()};
};

using Routing = RouterTest;

TEST_F(Routing, follows_the_target_of_json_services_first) {
  EXPECT_EQ(routed(with_target("CertificateManager.Echo")), "acm.Echo");
  EXPECT_EQ(routed(with_target("CertificateManager.Echo"), "Action=Ping&Version=2010-05-08"),
            "acm.Echo");
  EXPECT_EQ(routed(with_target("CertificateManager.Nothing")),
            "acm: UnknownOperationException 400");
  EXPECT_EQ(routed(with_target("DynamoDB_20120810.ListTables")),
            "-: UnknownOperationException 400");
}

TEST_F(Routing, tells_query_services_apart_by_version_and_signing_name) {
  const auto post = to("POST", "/");
  EXPECT_EQ(routed(post, "Action=Echo&Version=2010-05-08&Text=a"), "iam.Echo");
  EXPECT_EQ(routed(post, "Action=Ping&Version=2010-05-08", "iam"), "iam.Ping");
  EXPECT_EQ(routed(post, "Version=2011-06-15&Action=Ping", "sts"), "sts.Ping");
  EXPECT_EQ(routed(post, "Action=Ping&Version=2010-05-08", "sts"), "-: InvalidAction 400");
  EXPECT_EQ(routed(post, "Action=Echo&Version=2011-06-15", "sts"), "sts: InvalidAction 400");
  EXPECT_EQ(routed(post, "Action=Echo", "iam"), "-: InvalidAction 400");
}

TEST_F(Routing, takes_queries_also_from_the_path) {
  EXPECT_EQ(routed(to("GET", "/?Action=Ping&Version=2011-06-15&X-Amz-Expires=60"), "", "sts"),
            "sts.Ping");
}

TEST_F(Routing, finds_the_protocol_of_a_service_that_speaks_two) {
  EXPECT_EQ(router.route(with_target("AmazonSQS.Echo"), "", "sqs").protocol,
            protocol::Protocol::AwsJson10);
  const auto form = router.route(to("POST", "/"), "Action=Echo&Version=2012-11-05", "sqs");
  EXPECT_EQ(form.protocol, protocol::Protocol::Query);
  ASSERT_NE(form.operation, nullptr);
  EXPECT_EQ(form.service->facts().protocol, protocol::Protocol::Query);
  auto without = to("POST", "/1/q");
  without.headers.add("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_EQ(routed(without, "Version=2012-11-05", "sqs"), "sqs: MissingAction 400");
}

TEST_F(Routing, takes_a_form_at_any_path_if_the_service_does) {
  EXPECT_EQ(routed(to("POST", "/1/q"), "Action=Echo&Version=2012-11-05", "sqs"), "sqs.Echo");
  EXPECT_EQ(routed(to("GET", "/1/q/?Action=Echo&Version=2012-11-05"), "", "sqs"), "sqs.Echo");
  EXPECT_EQ(routed(to("POST", "/1/q"), "Action=Ping&Version=2010-05-08", "iam"),
            "iam: MissingAction 400");
}

TEST_F(Routing, misses_the_action_of_query_services) {
  EXPECT_EQ(routed(to("POST", "/"), "Version=2010-05-08", "iam"), "iam: MissingAction 400");
  auto form = to("POST", "/");
  form.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  EXPECT_EQ(routed(form, ""), "-: MissingAction 400");
}

TEST_F(Routing, finds_rest_services_by_their_signing_name) {
  EXPECT_EQ(routed(to("PUT", "/bucket/2015-03-31/x"), "", "s3"), "s3.PutObject");
  EXPECT_EQ(routed(to("GET", "/2015-03-31/functions/f"), "", "lambda"), "lambda.GetFunction");
  EXPECT_EQ(routed(to("GET", "/2015-03-31/functions/f"), "", "s3"), "s3: MethodNotAllowed 405");
  EXPECT_EQ(routed(to("GET", "/nothing"), "", "lambda"), "lambda: UnknownOperationException 404");
}

TEST_F(Routing, finds_rest_services_by_their_paths_where_nobody_signed) {
  EXPECT_EQ(routed(to("GET", "/2015-03-31/functions/f")), "lambda.GetFunction");
  EXPECT_EQ(routed(to("PUT", "/2015-03-31/functions/f")), "s3.PutObject");
  EXPECT_EQ(routed(to("GET", "/favicon.ico")), "-: UnknownOperationException 404");
}

TEST_F(Routing, asks_a_json_service_for_its_target) {
  EXPECT_EQ(routed(to("POST", "/"), "{}", "acm"), "acm: UnknownOperationException 400");
}

TEST_F(Routing, knows_before_the_body_what_must_be_known) {
  EXPECT_EQ(router.glance(with_target("CertificateManager.Ping"), "").operation->facts().name,
            "Ping");
  EXPECT_EQ(router.glance(to("POST", "/"), "iam").service->facts().name, "iam");
  EXPECT_EQ(router.glance(to("PUT", "/b/k"), "s3").operation->facts().body, BodyKind::Stream);
  EXPECT_EQ(router.glance(to("POST", "/"), "unknown").service, nullptr);
}

TEST(Service, has_each_operation_once) {
  Service service{{.name = "acm", .signing_name = "acm", .protocol = Protocol::AwsJson11}};
  service.add(Ping{});
  EXPECT_THROW(service.add(Ping{}), std::logic_error);
}

struct Unmatchable {
  static constexpr std::string_view name = "Unmatchable";
  struct Request {
    std::string text;
    static constexpr auto fields = std::tuple{required("Text", &Request::text, pattern("(?!a)b"))};
  };
  Access access(const Request&, const Call&) const { return on_anything(); }
  Result<Empty, ApiError> operator()(const Request&) const { return Empty{}; }
};

TEST(Service, finds_patterns_that_cannot_be_compiled_when_the_program_starts) {
  Service service{{.name = "acm", .signing_name = "acm", .protocol = Protocol::AwsJson11}};
  EXPECT_THROW(service.add(Unmatchable{}), std::logic_error);
}

TEST(Facts, come_from_the_type_of_an_operation) {
  EXPECT_EQ(facts_of<Ping>().output, nullptr);
  EXPECT_EQ(facts_of<Ping>().body_limit, 100U);
  EXPECT_EQ(facts_of<Echo>().output, &protocol::shape_of<Echo::Response>);
  EXPECT_EQ(facts_of<Echo>().body, BodyKind::Whole);
  EXPECT_EQ(facts_of<Store>().body, BodyKind::Stream);
  EXPECT_EQ(facts_of<Get>().http.uri, "/2015-03-31/functions/{FunctionName}");
}

}  // namespace
}  // namespace everseal::aws::endpoint
