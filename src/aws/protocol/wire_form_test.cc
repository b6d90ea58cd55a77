#include "aws/protocol/wire_form.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "aws/protocol/common_error.h"
#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/query.h"
#include "aws/protocol/read.h"
#include "aws/protocol/rest.h"
#include "aws/protocol/restxml.h"
#include "aws/protocol/xml_text.h"

namespace everseal::aws::protocol {
namespace {

constexpr std::string_view id = "6f6c1a9e-0000-4000-8000-000000000001";
constexpr ServiceFacts acm{.name = "acm",
                           .signing_name = "acm",
                           .protocol = Protocol::AwsJson11,
                           .target_prefix = "CertificateManager."};
constexpr ServiceFacts elb{
    .name = "elbv2",
    .signing_name = "elasticloadbalancing",
    .protocol = Protocol::Query,
    .api_version = "2015-12-01",
    .xml_namespace = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
    .shows_milliseconds = true};
constexpr ServiceFacts iam{.name = "iam",
                           .signing_name = "iam",
                           .protocol = Protocol::Query,
                           .api_version = "2010-05-08",
                           .xml_namespace = "https://iam.amazonaws.com/doc/2010-05-08/"};
constexpr ServiceFacts lambda{
    .name = "lambda", .signing_name = "lambda", .protocol = Protocol::RestJson};
constexpr ServiceFacts s3{.name = "s3",
                          .signing_name = "s3",
                          .protocol = Protocol::RestXml,
                          .xml_namespace = "http://s3.amazonaws.com/doc/2006-03-01/",
                          .shows_milliseconds = true};

struct TrustStore {
  std::string name;
  std::optional<std::int32_t> count{};
  std::optional<TimePoint> created{};
  static constexpr auto fields =
      std::tuple{required("Name", &TrustStore::name), optional("Count", &TrustStore::count),
                 optional("Created", &TrustStore::created)};
};
struct TrustStores {
  std::vector<TrustStore> trust_stores;
  std::optional<std::string> next_marker;
  std::map<std::string, std::string> attributes;
  static constexpr auto fields = std::tuple{always("TrustStores", &TrustStores::trust_stores),
                                            optional("NextMarker", &TrustStores::next_marker),
                                            optional("Attributes", &TrustStores::attributes)};
};
struct Nothing {
  static constexpr auto fields = std::tuple{};
};

template <class Output>
http::Response printed(const ServiceFacts& service, std::string_view name, const Output& output,
                       Http http = {}) {
  const OperationFacts operation{
      .name = name, .input = &shape_of<Nothing>, .output = &shape_of<Output>, .http = http};
  return wire_form(service.protocol).print(print(output), service, operation, id);
}

http::RequestHead post(std::string target = "/") {
  return {.method = "POST", .target = std::move(target), .headers = {}, .peer = "127.0.0.1"};
}

TEST(AwsJson, answers_with_an_object_and_the_request_id) {
  const auto response = printed(acm, "ListTags", TrustStore{.name = "a\"b", .count = 5});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.find("Content-Type"), "application/x-amz-json-1.1");
  EXPECT_EQ(response.headers.find("x-amzn-RequestId"), id);
  EXPECT_EQ(response.body, R"({"Name":"a\"b","Count":5})");
}

TEST(AwsJson, has_an_empty_body_where_there_is_no_output) {
  const OperationFacts operation{.name = "DeleteCertificate", .input = &shape_of<Nothing>};
  const auto response = wire_form(Protocol::AwsJson10).print(Document(), acm, operation, id);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.headers.find("Content-Type"), "application/x-amz-json-1.0");
}

TEST(AwsJson, writes_moments_as_seconds_with_their_fraction) {
  const auto json = [](std::int64_t millis) { return print_json(Document(from_millis(millis))); };
  EXPECT_EQ(json(1736104919133), "1736104919.133");
  EXPECT_EQ(json(1767208921000), "1767208921.0");
  EXPECT_EQ(json(1767208921050), "1767208921.05");
  EXPECT_EQ(json(-1), "-0.001");
  EXPECT_EQ(json(-1500), "-1.5");
}

TEST(AwsJson, tells_errors_as_sdks_expect_them) {
  ApiError error("ResourceNotFoundException", 400, "Could not find \"x\"");
  error.details.emplace_back("reason", "none");
  const auto response = wire_form(Protocol::AwsJson11).print(error, acm, id);
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.headers.find("x-amzn-ErrorType"), "ResourceNotFoundException");
  EXPECT_EQ(
      response.body,
      R"({"__type":"ResourceNotFoundException","message":"Could not find \"x\"","reason":"none"})");
}

TEST(AwsJson, reads_an_empty_body_as_no_members) {
  const OperationFacts operation{.name = "List", .input = &shape_of<Nothing>};
  const auto& form = wire_form(Protocol::AwsJson11);
  EXPECT_TRUE(form.read(post(), "", operation));
  EXPECT_TRUE(form.read(post(), " {}\n", operation));
  for (const auto* body : {"[]", "5", "{", "{}{}", "{'a':1}", "nul", "\xff", "{\"a\":\"\xc3\"}"}) {
    const auto refused = form.read(post(), body, operation);
    ASSERT_FALSE(refused) << body;
    EXPECT_EQ(refused.error().code, "SerializationException");
    EXPECT_EQ(refused.error().http_status, 400);
  }
}

TEST(Json, has_bounds) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse_json(nested(32)));
  EXPECT_FALSE(parse_json(nested(33)));
  EXPECT_FALSE(parse_json(std::string(1000000, '[')));
  std::string many = "[0";
  for (int i = 0; i < 50'000; ++i) many += ",0";
  EXPECT_TRUE(parse_json(many + "]"));
  for (int i = 0; i < 50'000; ++i) many += ",0";
  EXPECT_FALSE(parse_json(many + "]"));
}

TEST(Json, tells_integers_from_doubles) {
  const auto list = *parse_json("[5, 5.0, 9223372036854775807, 9223372036854775808, -0.5e1, 0.1]");
  const auto& numbers = *list.as<Document::List>();
  EXPECT_EQ(*numbers[0].as<std::int64_t>(), 5);
  EXPECT_EQ(*numbers[1].as<double>(), 5.0);
  EXPECT_EQ(*numbers[2].as<std::int64_t>(), INT64_MAX);
  EXPECT_EQ(*numbers[3].as<double>(), 9223372036854775808.0);
  EXPECT_EQ(*numbers[4].as<double>(), -5.0);
  EXPECT_EQ(*numbers[5].as<double>(), 0.1);
}

TEST(Json, keeps_the_sign_of_zero) {
  EXPECT_EQ(print_json(*parse_json("[0, -0, 0.0, -0.0]")), "[0,0,0,-0.0]");
}

TEST(Json, escapes_what_must_be) {
  EXPECT_EQ(print_json(Document(std::string("\"\\/\n\x01\x1f é\0", 10))),
            "\"\\\"\\\\/\\u000a\\u0001\\u001f é\\u0000\"");
  EXPECT_EQ(*parse_json(R"("\u00e9\ud83d\ude00\/")")->as<std::string>(), "é😀/");
}

TEST(Form, makes_a_tree) {
  const auto document = parse_form(
      "Action=AddTrustStoreRevocations&TrustStoreArn=arn%3Aaws%3Ax&RevocationContents.member.1."
      "S3Bucket=crl+bucket&RevocationContents.member.1.S3Key=ca.pem&&Actions.member.10.Weight=2&"
      "Actions.member.9.Weight=1&Attributes.entry.1.key=a&Attributes.entry.1.value=b&Empty=&"
      "Flat.2=y&Flat.1=x&Deep.Down=1");
  ASSERT_TRUE(document);
  EXPECT_EQ(print_json(*document),
            R"({"Action":"AddTrustStoreRevocations","Actions":[{"Weight":"1"},{"Weight":"2"}],)"
            R"("Attributes":{"a":"b"},"Deep":{"Down":"1"},"Empty":"","Flat":["x","y"],)"
            R"("RevocationContents":[{"S3Bucket":"crl bucket","S3Key":"ca.pem"}],)"
            R"("TrustStoreArn":"arn:aws:x"})");
}

TEST(Form, refuses_what_is_no_tree) {
  EXPECT_FALSE(parse_form("A=1&A.member.1=2"));
  EXPECT_FALSE(parse_form("A.member.1=2&A=1"));
  EXPECT_FALSE(parse_form("A=%4"));
  EXPECT_FALSE(parse_form("A=%ff"));
  std::string deep = "A";
  for (int i = 0; i < 31; ++i) deep += ".b";
  EXPECT_TRUE(parse_form(deep + "=1"));
  EXPECT_FALSE(parse_form(deep + ".b=1"));
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "a" + std::to_string(i) + "=&";
  EXPECT_TRUE(parse_form(many));
  EXPECT_FALSE(parse_form(many + "x="));
}

TEST(Form, counts_the_last_of_equal_parameters) {
  EXPECT_EQ(form_value("Action=a&Action=b", "Action"), "b");
  EXPECT_EQ(parse_form("A=1&A=2")->find("A")->as<Document::Untyped>()->text, "2");
  EXPECT_EQ(form_value("Action", "Action"), "");
  EXPECT_EQ(form_value("Acti%6fn=x", "Action"), "x");
  EXPECT_EQ(form_value("B=1", "Action"), std::nullopt);
}

TEST(Query, wraps_its_answers) {
  const auto response =
      printed(elb, "DescribeTrustStores",
              TrustStores{.trust_stores = {{.name = "a&b", .created = from_millis(1735787045000)}},
                          .next_marker = "2",
                          .attributes = {{"k", "v"}}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.find("Content-Type"), "text/xml");
  EXPECT_EQ(response.headers.find("x-amzn-RequestId"), id);
  EXPECT_EQ(response.body,
            "<DescribeTrustStoresResponse "
            "xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">"
            "<DescribeTrustStoresResult><TrustStores><member><Name>a&amp;b</Name>"
            "<Created>2025-01-02T03:04:05.000Z</Created></member></TrustStores>"
            "<NextMarker>2</NextMarker>"
            "<Attributes><entry><key>k</key><value>v</value></entry></Attributes>"
            "</DescribeTrustStoresResult><ResponseMetadata>"
            "<RequestId>6f6c1a9e-0000-4000-8000-000000000001</RequestId></ResponseMetadata>"
            "</DescribeTrustStoresResponse>");
}

TEST(Query, wraps_also_an_output_without_members) {
  EXPECT_NE(printed(elb, "DeleteTrustStore", Nothing{})
                .body.find("<DeleteTrustStoreResult></DeleteTrustStoreResult>"),
            std::string::npos);
  const OperationFacts operation{.name = "DeleteUser", .input = &shape_of<Nothing>};
  EXPECT_EQ(wire_form(Protocol::Query).print(Document(), iam, operation, "1").body,
            "<DeleteUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
            "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DeleteUserResponse>");
}

TEST(Query, writes_an_empty_list_as_an_empty_element) {
  EXPECT_NE(printed(elb, "X", TrustStores{}).body.find("<XResult><TrustStores/></XResult>"),
            std::string::npos);
}

TEST(Query, leaves_milliseconds_out_unless_the_service_shows_them) {
  const TrustStore store{.name = "", .created = from_millis(1735787045678)};
  EXPECT_NE(printed(iam, "X", store).body.find("<Created>2025-01-02T03:04:05Z</Created>"),
            std::string::npos);
  EXPECT_NE(printed(elb, "X", store).body.find("<Created>2025-01-02T03:04:05.678Z</Created>"),
            std::string::npos);
}

TEST(Query, tells_errors_as_sdks_expect_them) {
  const auto& form = wire_form(Protocol::Query);
  const auto sender = form.print(ApiError("NoSuchEntity", 404, "<none>"), iam, "1");
  EXPECT_EQ(sender.status, 404);
  EXPECT_EQ(sender.body,
            "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>"
            "<Type>Sender</Type><Code>NoSuchEntity</Code><Message>&lt;none&gt;</Message></Error>"
            "<RequestId>1</RequestId></ErrorResponse>");
  const auto receiver = form.print(ApiError("InternalFailure", 500, "x"), iam, "1");
  EXPECT_NE(receiver.body.find("<Type>Receiver</Type>"), std::string::npos);
}

TEST(Query, reads_the_body_or_of_get_the_query) {
  const OperationFacts operation{.name = "X", .input = &shape_of<Nothing>};
  const auto& form = wire_form(Protocol::Query);
  EXPECT_TRUE(form.read(post(), "A=1", operation)->find("A"));
  auto get = post("/?A=1&B=2");
  get.method = "GET";
  EXPECT_TRUE(form.read(get, "", operation)->find("B"));
  EXPECT_EQ(form.read(post(), "A=%", operation).error().code, "MalformedQueryString");
}

TEST(XmlText, replaces_what_xml_cannot_hold) {
  EXPECT_EQ(escape_xml("a<b>&\"c\"\r\n\t"), "a&lt;b&gt;&amp;&quot;c&quot;&#13;\n\t");
  EXPECT_EQ(escape_xml(std::string_view("\0\x01\x1f\xff é \xc3", 9)),
            "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd é \xef\xbf\xbd");
  EXPECT_EQ(escape_xml("\xef\xbf\xbe😀"), "\xef\xbf\xbd😀");
}

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

TEST(CommonError, has_each_protocols_own_name_and_status) {
  const auto told = [](Protocol protocol, CommonError error) {
    const auto made = common_error(protocol, error, "");
    return std::string(made.code) + " " + std::to_string(made.http_status);
  };
  EXPECT_EQ(told(Protocol::AwsJson11, CommonError::AccessDenied), "AccessDeniedException 400");
  EXPECT_EQ(told(Protocol::AwsJson10, CommonError::Throttled), "ThrottlingException 400");
  EXPECT_EQ(told(Protocol::AwsJson11, CommonError::Unavailable), "ServiceUnavailableException 503");
  EXPECT_EQ(told(Protocol::Query, CommonError::AccessDenied), "AccessDenied 403");
  EXPECT_EQ(told(Protocol::Query, CommonError::Throttled), "Throttling 400");
  EXPECT_EQ(told(Protocol::RestJson, CommonError::AccessDenied), "AccessDeniedException 403");
  EXPECT_EQ(told(Protocol::RestXml, CommonError::NotImplemented), "NotImplemented 501");
}

TEST(CommonError, gives_faults_the_name_that_the_protocol_has_for_them) {
  const auto renamed = in_words_of(Protocol::RestXml, ApiError(Fault::broken("disk")));
  EXPECT_EQ(renamed.code, "InternalError");
  EXPECT_EQ(renamed.cause, "disk");
  EXPECT_EQ(in_words_of(Protocol::AwsJson11, ApiError(Fault::unavailable("full"))).code,
            "ServiceUnavailableException");
  EXPECT_EQ(in_words_of(Protocol::RestXml, ApiError("NoSuchKey", 404, "")).code, "NoSuchKey");
}

}  // namespace
}  // namespace everseal::aws::protocol
