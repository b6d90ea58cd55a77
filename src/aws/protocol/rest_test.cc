#include "aws/protocol/rest.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "aws/protocol/test_wire.h"

namespace everseal::aws::protocol {
namespace {

// Like Lambda's Invoke.
struct Invoke {
  std::string function_name;
  std::optional<std::string> qualifier;
  std::optional<std::string> log_type;
  Bytes payload;
  static constexpr auto fields =
      std::tuple{required("FunctionName", &Invoke::function_name, in_label()),
                 optional("Qualifier", &Invoke::qualifier, in_query()),
                 optional("LogType", &Invoke::log_type, in_header("X-Amz-Log-Type")),
                 optional("Payload", &Invoke::payload, as_payload())};
};
struct Invoked {
  std::int32_t status_code = 200;
  std::string executed_version{};
  Bytes payload;
  static constexpr auto fields = std::tuple{
      required("StatusCode", &Invoked::status_code, as_status()),
      required("ExecutedVersion", &Invoked::executed_version, in_header("X-Amz-Executed-Version")),
      required("Payload", &Invoked::payload, as_payload())};
};
constexpr Http invoke_path{"POST", "/2015-03-31/functions/{FunctionName}/invocations"};

TEST(RestJson, gathers_members_from_path_query_headers_and_body) {
  auto head = post(
      "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Ademo/invocations"
      "?Qualifier=v%201");
  head.headers.add("x-amz-log-type", "Tail");
  const OperationFacts operation{.name = "Invoke", .input = &shape_of<Invoke>, .http = invoke_path};
  const auto document = wire_form(Protocol::RestJson).read(head, "\x01raw", operation);
  ASSERT_TRUE(document);
  const auto invoke = read<Invoke>(*document, Protocol::RestJson);
  ASSERT_TRUE(invoke) << invoke.error().message;
  EXPECT_EQ(invoke->function_name, "arn:aws:lambda:eu-west-1:1:function:demo");
  EXPECT_EQ(invoke->qualifier, "v 1");
  EXPECT_EQ(invoke->log_type, "Tail");
  EXPECT_EQ(to_text(invoke->payload), "\x01raw");
}

TEST(RestJson, answers_with_status_headers_and_payload) {
  const auto response =
      printed(lambda, "Invoke",
              Invoked{.status_code = 202, .executed_version = "$LATEST", .payload = {'{', '}'}},
              invoke_path);
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.headers.find("X-Amz-Executed-Version"), "$LATEST");
  EXPECT_EQ(response.body, "{}");
  EXPECT_EQ(printed(lambda, "Create", TrustStore{.name = "a"}, {"POST", "/x", 201}).status, 201);
  EXPECT_EQ(printed(lambda, "Create", TrustStore{.name = "a"}).body, R"({"Name":"a"})");
}

struct Update {
  std::string function_name;
  std::optional<std::int32_t> timeout;
  std::vector<std::string> keys;
  static constexpr auto fields = std::tuple{
      required("FunctionName", &Update::function_name, in_label()),
      optional("Timeout", &Update::timeout), optional("Keys", &Update::keys, in_query())};
};

TEST(RestJson, reads_the_other_members_from_its_body) {
  const OperationFacts operation{
      .name = "Update", .input = &shape_of<Update>, .http = {"PUT", "/functions/{FunctionName}"}};
  auto head = post("/functions/demo/?Keys=a&Keys=b");
  head.method = "PUT";
  const auto& form = wire_form(Protocol::RestJson);
  const auto update = read<Update>(
      *form.read(head, R"({"Timeout": 3, "FunctionName": "other"})", operation), lambda.protocol);
  ASSERT_TRUE(update);
  EXPECT_EQ(update->function_name, "demo");
  EXPECT_EQ(update->timeout, 3);
  EXPECT_EQ(update->keys, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(form.read(head, "nonsense", operation).error().code, "SerializationException");
  EXPECT_EQ(form.read(head, "[]", operation).error().code, "SerializationException");
  EXPECT_TRUE(form.read(head, "", operation));
}

TEST(RestJson, tells_errors_as_sdks_expect_them) {
  const auto response = wire_form(Protocol::RestJson)
                            .print(ApiError("ResourceNotFoundException", 404, "no"), lambda, id);
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.headers.find("x-amzn-ErrorType"), "ResourceNotFoundException");
  EXPECT_EQ(response.body, R"({"Type":"User","Message":"no"})");
}

std::string matched(std::string_view uri, std::string target) {
  const auto labels = match(Http{.method = "POST", .uri = uri}, post(std::move(target)));
  if (!labels) return "no";
  std::string text = "yes";
  for (const auto& [name, value] : *labels) text += " " + name + "=" + value;
  return text;
}

TEST(Path, is_matched_segment_by_segment) {
  EXPECT_EQ(matched("/", "/"), "yes");
  EXPECT_EQ(matched("/", "/b"), "no");
  EXPECT_EQ(matched("/{Bucket}", "/b"), "yes Bucket=b");
  EXPECT_EQ(matched("/{Bucket}", "/b/"), "yes Bucket=b");
  EXPECT_EQ(matched("/{Bucket}", "/"), "no");
  EXPECT_EQ(matched("/{Bucket}", "/b/k"), "no");
  EXPECT_EQ(matched("/{Bucket}/{Key+}", "/b/a%20b%2Bc/%C3%A9.txt"), "yes Bucket=b Key=a b+c/é.txt");
  EXPECT_EQ(matched("/{Bucket}/{Key+}", "/b//../k/"), "yes Bucket=b Key=/../k/");
  EXPECT_EQ(matched("/{Bucket}/{Key+}", "/b/"), "no");
  EXPECT_EQ(matched("/tags/{Arn}", "/tags/a%2Fb"), "yes Arn=a/b");
  EXPECT_EQ(matched("/tags/{Arn}", "/tags/%zz"), "no");
  EXPECT_EQ(matched("/{Bucket}?policy", "/b"), "no");
  EXPECT_EQ(matched("/{Bucket}?policy", "/b?policy"), "yes Bucket=b");
  EXPECT_EQ(matched("/{Bucket}?policy", "/b?policy="), "yes Bucket=b");
  EXPECT_EQ(matched("/{Bucket}?list-type=2", "/b?prefix=p&list-type=2"), "yes Bucket=b");
  EXPECT_EQ(matched("/{Bucket}?list-type=2", "/b?list-type=1"), "no");
}

TEST(Path, prefers_the_more_particular_pattern) {
  const auto heavier = [](std::string_view more, std::string_view less) {
    return weight({.method = "GET", .uri = more}) > weight({.method = "GET", .uri = less});
  };
  EXPECT_TRUE(heavier("/{Bucket}?policy", "/{Bucket}"));
  EXPECT_TRUE(heavier("/{Bucket}/{Key+}", "/{Bucket}"));
  EXPECT_TRUE(heavier("/functions/x", "/{Bucket}/{Key+}"));
}

struct Part {
  std::int32_t part_number = 0;
  std::optional<std::string> etag;
  static constexpr auto fields =
      std::tuple{required("PartNumber", &Part::part_number), optional("ETag", &Part::etag)};
};
struct Completed {
  std::vector<Part> parts;
  static constexpr auto fields = std::tuple{optional("Part", &Completed::parts, flattened())};
};
struct Complete {
  std::string bucket, key;
  std::optional<Completed> upload;
  std::map<std::string, std::string> metadata;
  static constexpr auto fields =
      std::tuple{required("Bucket", &Complete::bucket, in_label()),
                 required("Key", &Complete::key, in_label()),
                 optional("CompleteMultipartUpload", &Complete::upload, as_payload()),
                 optional("Metadata", &Complete::metadata, in_header("x-amz-meta-"))};
};

TEST(RestXml, gathers_members_from_path_headers_and_body) {
  auto head = post("/b/k?uploadId=1");
  head.headers.add("X-Amz-Meta-Color", "red");
  const OperationFacts operation{.name = "CompleteMultipartUpload",
                                 .input = &shape_of<Complete>,
                                 .http = {"POST", "/{Bucket}/{Key+}?uploadId"}};
  const auto& form = wire_form(Protocol::RestXml);
  const auto document =
      form.read(head,
                "<?xml version=\"1.0\"?><CompleteMultipartUpload "
                "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><PartNumber>1</PartNumber>"
                "<ETag>&quot;a&quot;</ETag></Part><Other/><Part><PartNumber>2</PartNumber></Part>"
                "</CompleteMultipartUpload>",
                operation);
  ASSERT_TRUE(document);
  const auto complete = read<Complete>(*document, Protocol::RestXml);
  ASSERT_TRUE(complete) << complete.error().message;
  EXPECT_EQ(complete->bucket, "b");
  ASSERT_EQ(complete->upload->parts.size(), 2U);
  EXPECT_EQ(complete->upload->parts[0].etag, "\"a\"");
  EXPECT_EQ(complete->upload->parts[1].part_number, 2);
  EXPECT_EQ(complete->metadata.at("color"), "red");
  EXPECT_EQ(form.read(head, "<a>", operation).error().code, "MalformedXML");
}

TEST(RestXml, does_not_expand_entities_of_the_document) {
  const auto document =
      parse_xml("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x><ETag>&e;</ETag></x>",
                shape_of<Part>);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->find("ETag")->as<Document::Untyped>()->text, "&e;");
}

struct Object {
  std::string key;
  std::string etag;
  static constexpr auto fields =
      std::tuple{required("Key", &Object::key), required("ETag", &Object::etag)};
};
struct Objects {
  std::vector<Object> contents;
  std::vector<std::string> buckets;
  std::optional<TimePoint> last_modified;
  static constexpr auto fields =
      std::tuple{optional("Contents", &Objects::contents, flattened()),
                 optional("Buckets", &Objects::buckets, elements_named("Bucket")),
                 optional("LastModified", &Objects::last_modified, in_header("Last-Modified"))};
};
struct Location {
  std::optional<std::string> constraint;
  static constexpr auto fields =
      std::tuple{optional("LocationConstraint", &Location::constraint, as_content())};
};

TEST(RestXml, writes_lists_flat_or_wrapped_as_declared) {
  const auto response = printed(s3, "ListObjectsV2",
                                Objects{.contents = {{"a", "\"1\""}, {"b", "2"}},
                                        .buckets = {"x", "y"},
                                        .last_modified = from_millis(1735787045000)},
                                {"GET", "/{Bucket}?list-type=2", 200, "ListBucketResult"});
  EXPECT_EQ(response.headers.find("Last-Modified"), "Thu, 02 Jan 2025 03:04:05 GMT");
  EXPECT_EQ(response.headers.find("Content-Type"), "application/xml");
  EXPECT_EQ(response.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            "<Contents><Key>a</Key><ETag>&quot;1&quot;</ETag></Contents>"
            "<Contents><Key>b</Key><ETag>2</ETag></Contents>"
            "<Buckets><Bucket>x</Bucket><Bucket>y</Bucket></Buckets></ListBucketResult>");
}

TEST(RestXml, writes_the_location_of_a_bucket_as_the_root_itself) {
  EXPECT_EQ(printed(s3, "GetBucketLocation", Location{"eu-west-1"},
                    {"GET", "/{Bucket}?location", 200, "LocationConstraint"})
                .body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-west-1"
            "</LocationConstraint>");
}

TEST(RestXml, sends_a_payload_as_it_is) {
  const auto response = printed(s3, "GetObject", Invoked{.status_code = 206, .payload = {0, 1, 2}});
  EXPECT_EQ(response.status, 206);
  EXPECT_EQ(response.headers.find("Content-Type"), "binary/octet-stream");
  EXPECT_EQ(response.body, std::string("\0\1\2", 3));
}

TEST(RestXml, tells_errors_as_s3_does) {
  ApiError error("NoSuchKey", 404, "The key does not exist.");
  error.details.emplace_back("Key", "ca.pem");
  const auto response = wire_form(Protocol::RestXml).print(error, s3, id);
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.headers.find("x-amz-request-id"), "6F6C1A9E00004000");
  EXPECT_FALSE(response.headers.contains("x-amzn-RequestId"));
  EXPECT_TRUE(response.body.starts_with(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The key "
      "does not exist.</Message><Key>ca.pem</Key><RequestId>6F6C1A9E00004000</RequestId><HostId>"))
      << response.body;
}

}  // namespace
}  // namespace everseal::aws::protocol
