#include "aws/protocol/wire_form.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>

#include "aws/protocol/common_error.h"
#include "aws/protocol/json.h"
#include "aws/protocol/query.h"
#include "aws/protocol/query_names.h"
#include "aws/protocol/read.h"
#include "aws/protocol/test_wire.h"
#include "aws/protocol/xml_text.h"

namespace everseal::aws::protocol {
namespace {

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

TEST(AwsJson, names_errors_for_clients_of_a_service_that_spoke_query_once) {
  const auto told = [](Protocol protocol, int status) {
    const auto response =
        wire_form(protocol).print(ApiError("QueueDoesNotExist", status, ""), acm, id);
    return std::string(response.headers.find("x-amzn-query-error").value_or("nothing"));
  };
  EXPECT_EQ(told(Protocol::AwsJson10, 400), "QueueDoesNotExist;Sender");
  EXPECT_EQ(told(Protocol::AwsJson10, 500), "QueueDoesNotExist;Receiver");
  EXPECT_EQ(told(Protocol::AwsJson11, 400), "nothing");
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

constexpr std::array<QueryName, 3> queue_names{{{"Attributes", "Attribute", "Name", "Value"},
                                                {"TrustStores", "TrustStore"},
                                                {"Names", "Name"}}};
constexpr std::array<QueryError, 1> queue_errors{{{"QueueDoesNotExist", "NonExistentQueue", 404}}};
constexpr ServiceFacts queues{.name = "sqs",
                              .signing_name = "sqs",
                              .protocol = Protocol::Query,
                              .query_names = queue_names,
                              .query_errors = queue_errors,
                              .path_member = "NextMarker"};

TEST(Query, flattens_what_the_service_flattens) {
  TrustStores output;
  output.trust_stores = {{.name = "a"}, {.name = "b"}};
  output.attributes = {{"k", "v"}, {"l", "<"}};
  EXPECT_NE(printed(queues, "X", output)
                .body.find("<XResult><TrustStore><Name>a</Name></TrustStore>"
                           "<TrustStore><Name>b</Name></TrustStore>"
                           "<Attribute><Name>k</Name><Value>v</Value></Attribute>"
                           "<Attribute><Name>l</Name><Value>&lt;</Value></Attribute></XResult>"),
            std::string::npos);
  EXPECT_NE(printed(queues, "X", TrustStores{}).body.find("<XResult></XResult>"),
            std::string::npos);
}

// What a form says, in the model's words.
TrustStores read_form(std::string_view form, const http::RequestHead& head = post()) {
  auto document = *parse_form(form);
  take_query_names(document, head, queues, shape_of<TrustStores>);
  return *read<TrustStores>(document, Protocol::Query);
}

TEST(Query, reads_what_the_service_flattens) {
  const auto input = read_form(
      "Attribute.2.Name=l&Attribute.2.Value=w&Attribute.1.Name=k&Attribute.1.Value=v&"
      "Attribute.3.Value=nameless&TrustStore.1.Name=a&TrustStore.2.Name=b&TrustStore.2.Count=5");
  EXPECT_EQ(input.attributes, (std::map<std::string, std::string>{{"k", "v"}, {"l", "w"}}));
  ASSERT_EQ(input.trust_stores.size(), 2U);
  EXPECT_EQ(input.trust_stores[1].name, "b");
  EXPECT_EQ(input.trust_stores[1].count, 5);
}

TEST(Query, takes_from_the_path_what_the_form_does_not_say) {
  EXPECT_EQ(read_form("", post("/1/a%20b")).next_marker, "/1/a b");
  EXPECT_EQ(read_form("", post("/1/q/?Action=X")).next_marker, "/1/q");
  EXPECT_EQ(read_form("NextMarker=m", post("/1/q")).next_marker, "m");
  EXPECT_EQ(read_form("").next_marker, std::nullopt);
}

TEST(Query, names_errors_as_the_service_did_before_it_spoke_json) {
  const ApiError error("QueueDoesNotExist", 400, "");
  const auto response = wire_form(Protocol::Query).print(error, queues, "1");
  EXPECT_EQ(response.status, 404);
  EXPECT_NE(response.body.find("<Code>NonExistentQueue</Code>"), std::string::npos);
  const auto json = wire_form(Protocol::AwsJson10).print(error, queues, "1");
  EXPECT_EQ(json.status, 400);
  EXPECT_EQ(json.headers.find("x-amzn-query-error"), "NonExistentQueue;Sender");
  EXPECT_EQ(json.body, R"({"__type":"QueueDoesNotExist","message":""})");
}

TEST(XmlText, replaces_what_xml_cannot_hold) {
  EXPECT_EQ(escape_xml("a<b>&\"c\"\r\n\t"), "a&lt;b&gt;&amp;&quot;c&quot;&#13;\n\t");
  EXPECT_EQ(escape_xml(std::string_view("\0\x01\x1f\xff é \xc3", 9)),
            "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd é \xef\xbf\xbd");
  EXPECT_EQ(escape_xml("\xef\xbf\xbe😀"), "\xef\xbf\xbd😀");
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
