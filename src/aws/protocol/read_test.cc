#include "aws/protocol/read.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "aws/arn.h"
#include "aws/protocol/json.h"
#include "aws/protocol/pattern.h"
#include "aws/protocol/print.h"
#include "aws/protocol/query.h"
#include "clock/time_text.h"
#include "encoding/base64.h"

namespace everseal::aws::protocol {
namespace {

enum class Usage { Server, Client };

// "ab-12": its own error for what is not one.
class Ticket {
 public:
  static Result<Ticket, ApiError> parse(std::string_view text) {
    if (!text.starts_with("ab-")) return ApiError("InvalidTicketException", 400, "no ticket");
    return Ticket(std::string(text));
  }
  const std::string& text() const { return text_; }

 private:
  explicit Ticket(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct Tag {
  std::string key;
  std::optional<std::string> value;
  static constexpr auto fields = std::tuple{required("Key", &Tag::key, length(1, 128)),
                                            optional("Value", &Tag::value, length(0, 5))};
};

struct Filter {
  std::vector<Usage> usages;
  static constexpr auto fields = std::tuple{optional("Usages", &Filter::usages)};
};

struct Everything {
  std::optional<std::string> name;
  std::optional<std::int32_t> count;
  std::optional<std::int64_t> big;
  std::optional<double> ratio;
  std::optional<bool> enabled;
  std::optional<TimePoint> at;
  std::optional<Bytes> csr;
  SecretBytes passphrase;
  std::optional<Usage> usage;
  std::optional<Filter> includes;
  std::vector<Tag> tags;
  std::vector<std::string> names;
  std::map<std::string, std::string> variables;
  std::optional<std::string> body;
  std::optional<Ticket> ticket;
  std::optional<Arn> arn;
  static constexpr auto fields =
      std::tuple{optional("Name", &Everything::name, length(2, 5), pattern("[a-z]*")),
                 optional("Count", &Everything::count, range(1, 1000)),
                 optional("Big", &Everything::big),
                 optional("Ratio", &Everything::ratio, range(0, 1)),
                 optional("Enabled", &Everything::enabled),
                 optional("At", &Everything::at),
                 optional("Csr", &Everything::csr, length(1, 4)),
                 optional("Passphrase", &Everything::passphrase, length(4, 128)),
                 optional("Usage", &Everything::usage),
                 optional("Includes", &Everything::includes),
                 optional("Tags", &Everything::tags, length(1, 2)),
                 optional("Names", &Everything::names, each(length(1, 3), pattern("[a-z]+"))),
                 optional("Variables", &Everything::variables, each(length(0, 3))),
                 optional("Body", &Everything::body, length(1, 3), sensitive()),
                 optional("Ticket", &Everything::ticket),
                 optional("Arn", &Everything::arn)};
};

struct Certificate {
  Arn certificate_arn;
  Ticket ticket;
  std::optional<std::string> token;
  static constexpr auto fields =
      std::tuple{required("CertificateArn", &Certificate::certificate_arn, length(20, 2048)),
                 required("Ticket", &Certificate::ticket), optional("Token", &Certificate::token)};
};

}  // namespace
}  // namespace everseal::aws::protocol

namespace everseal::aws {
template <>
inline constexpr auto names_of<protocol::Usage> = std::to_array<EnumName<protocol::Usage>>(
    {{protocol::Usage::Server, "SERVER"}, {protocol::Usage::Client, "CLIENT"}});
}  // namespace everseal::aws

namespace everseal::aws::protocol {
namespace {

template <class T>
Result<T, ApiError> from_json(std::string_view json, Protocol protocol = Protocol::AwsJson11) {
  const auto document = parse_json(json);
  if (!document) return document.error();
  return read<T>(*document, protocol);
}

// What is wrong with it: "code: message".
template <class T = Everything>
std::string refusal(std::string_view json, Protocol protocol = Protocol::AwsJson11) {
  const auto read = from_json<T>(json, protocol);
  return read ? "accepted" : std::string(read.error().code) + ": " + read.error().message;
}

std::string one(std::string_view violation) {
  return "ValidationException: 1 validation error detected: " + std::string(violation);
}

TEST(Read, fills_every_kind_of_member) {
  const auto everything = from_json<Everything>(R"({
      "Name": "abc", "Count": 7, "Big": 9007199254740993, "Ratio": 0.5, "Enabled": true,
      "At": 1736104919.133, "Csr": "AAEC", "Passphrase": "c2VjcmV0", "Usage": "CLIENT",
      "Includes": {"Usages": ["SERVER", "CLIENT"]}, "Tags": [{"Key": "team", "Value": "web"}],
      "Names": ["a", "b"], "Variables": {"x": "1", "y": ""}, "Ticket": "ab-7",
      "Arn": "arn:aws:acm:eu-west-1:111122223333:certificate/x", "Unknown": [{}]})");
  ASSERT_TRUE(everything) << everything.error().message;
  EXPECT_EQ(everything->name, "abc");
  EXPECT_EQ(everything->count, 7);
  EXPECT_EQ(everything->big, 9007199254740993);
  EXPECT_EQ(everything->ratio, 0.5);
  EXPECT_EQ(everything->enabled, true);
  EXPECT_EQ(to_iso8601_millis(*everything->at), "2025-01-05T19:21:59.133Z");
  EXPECT_EQ(everything->csr, (Bytes{0, 1, 2}));
  EXPECT_EQ(everything->passphrase.reveal_text(), "secret");
  EXPECT_EQ(everything->usage, Usage::Client);
  EXPECT_EQ(everything->includes->usages, (std::vector{Usage::Server, Usage::Client}));
  ASSERT_EQ(everything->tags.size(), 1U);
  EXPECT_EQ(everything->tags[0].key, "team");
  EXPECT_EQ(everything->names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(everything->variables.at("x"), "1");
  EXPECT_EQ(everything->ticket->text(), "ab-7");
  EXPECT_EQ(everything->arn->resource(), "certificate/x");
  EXPECT_FALSE(everything->body);
}

TEST(Read, makes_types_that_have_no_default) {
  const auto certificate = from_json<Certificate>(
      R"({"Token": "t", "Ticket": "ab-1", "CertificateArn": "arn:aws:acm:r:1:certificate/x"})");
  ASSERT_TRUE(certificate) << certificate.error().message;
  EXPECT_EQ(certificate->certificate_arn.account(), "1");
  EXPECT_EQ(certificate->ticket.text(), "ab-1");
  EXPECT_EQ(certificate->token, "t");
}

TEST(Read, takes_null_for_absent) {
  const auto everything = from_json<Everything>(R"({"Name": null, "Tags": null})");
  ASSERT_TRUE(everything);
  EXPECT_FALSE(everything->name);
  EXPECT_EQ(refusal<Tag>(R"({"Key": null})"),
            one("Value null at 'key' failed to satisfy constraint: Member must not be null"));
}

TEST(Read, counts_and_joins_what_is_wrong) {
  EXPECT_EQ(refusal<Certificate>("{}"),
            "ValidationException: 2 validation errors detected: Value null at 'certificateArn' "
            "failed to satisfy constraint: Member must not be null; Value null at 'ticket' failed "
            "to satisfy constraint: Member must not be null");
  EXPECT_EQ(refusal(R"({"Name": "A", "Count": 0})"),
            "ValidationException: 3 validation errors detected: Value 'A' at 'name' failed to "
            "satisfy constraint: Member must have length greater than or equal to 2; Value 'A' at "
            "'name' failed to satisfy constraint: Member must satisfy regular expression pattern: "
            "[a-z]*; Value '0' at 'count' failed to satisfy constraint: Member must have value "
            "greater than or equal to 1");
}

TEST(Read, refuses_values_beyond_their_limits) {
  EXPECT_EQ(refusal(R"({"Count": 1001})"),
            one("Value '1001' at 'count' failed to satisfy constraint: Member must have value less "
                "than or equal to 1000"));
  EXPECT_EQ(refusal(R"({"Name": "abcdef"})"),
            one("Value 'abcdef' at 'name' failed to satisfy constraint: Member must have length "
                "less than or equal to 5"));
  EXPECT_EQ(refusal(R"({"Ratio": 1.5})"),
            one("Value '1.5' at 'ratio' failed to satisfy constraint: Member must have value less "
                "than or equal to 1"));
  EXPECT_EQ(
      refusal(R"({"Tags": []})"),
      one("Value '[]' at 'tags' failed to satisfy constraint: Member must have length greater "
          "than or equal to 1"));
  EXPECT_EQ(refusal(R"({"Usage": "ROUTER"})"),
            one("Value 'ROUTER' at 'usage' failed to satisfy constraint: Member must satisfy enum "
                "value set: [SERVER, CLIENT]"));
}

TEST(Read, counts_characters_and_not_octets) {
  EXPECT_EQ(refusal<Tag>(R"({"Key": "k", "Value": "äöüßé"})"), "accepted");
  EXPECT_NE(refusal<Tag>(R"({"Key": "k", "Value": "äöüßéx"})"), "accepted");
}

TEST(Read, names_the_place_by_its_path) {
  EXPECT_EQ(refusal(R"({"Tags": [{"Key": "a"}, {"Key": "", "Value": "b"}]})"),
            one("Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have "
                "length greater than or equal to 1"));
  EXPECT_EQ(refusal(R"({"Tags": [null]})"),
            one("Value null at 'tags.1.member' failed to satisfy constraint: Member must not be "
                "null"));
}

TEST(Read, says_of_a_whole_list_what_is_wrong_with_its_elements) {
  EXPECT_EQ(refusal(R"({"Includes": {"Usages": ["SERVER", "blah"]}})"),
            one("Value '[SERVER, blah]' at 'includes.usages' failed to satisfy constraint: Member "
                "must satisfy constraint: [Member must satisfy enum value set: [SERVER, CLIENT]]"));
  EXPECT_EQ(refusal(R"({"Names": ["ok", "NO", "", "long"]})"),
            one("Value '[ok, NO, , long]' at 'names' failed to satisfy constraint: Member must "
                "satisfy constraint: [Member must have length less than or equal to 3, Member must "
                "have length greater than or equal to 1, Member must satisfy regular expression "
                "pattern: [a-z]+]"));
  EXPECT_EQ(refusal(R"({"Variables": {"home": "/root"}})"),
            one("Value '{home=/root}' at 'variables' failed to satisfy constraint: Map value must "
                "satisfy constraint: [Member must have length less than or equal to 3, Member must "
                "have length greater than or equal to 0]"));
}

TEST(Read, never_repeats_secrets_and_octets) {
  const std::string secret = encoding::to_base64(as_bytes("abc"));
  EXPECT_EQ(refusal(R"({"Passphrase": ")" + secret + R"("})"),
            one("Value at 'passphrase' failed to satisfy constraint: Member must have length "
                "greater than or equal to 4"));
  EXPECT_EQ(refusal(R"({"Csr": "AAECAwQF"})"),
            one("Value at 'csr' failed to satisfy constraint: Member must have length less than or "
                "equal to 4"));
  EXPECT_EQ(
      refusal(R"({"Body": "-----BEGIN"})"),
      one("Value at 'body' failed to satisfy constraint: Member must have length less than or "
          "equal to 3"));
}

TEST(Read, cuts_long_values_between_characters) {
  const auto text = refusal(R"({"Name": "ab)" + std::string(2000, 'x') + R"("})");
  EXPECT_NE(text.find("'ab" + std::string(1022, 'x') + "...'"), std::string::npos);
  std::string umlauts = "x";
  for (int i = 0; i < 1000; ++i) umlauts += "ä";
  EXPECT_NE(refusal(R"({"Name": ")" + umlauts + R"("})").find("ä...'"), std::string::npos);
}

TEST(Read, refuses_other_types) {
  const auto serialization = [](std::string_view text) {
    return "SerializationException: " + std::string(text);
  };
  EXPECT_EQ(refusal(R"({"Name": 5})"),
            serialization("NUMBER_VALUE cannot be converted to String at 'name'"));
  EXPECT_EQ(refusal(R"({"Name": ["x"]})"),
            serialization("START_ARRAY cannot be converted to String at 'name'"));
  EXPECT_EQ(refusal(R"({"Count": "5"})"),
            serialization("STRING_VALUE cannot be converted to Integer at 'count'"));
  EXPECT_EQ(refusal(R"({"Count": 2147483648})"),
            serialization("NUMBER_VALUE cannot be converted to Integer at 'count'"));
  EXPECT_EQ(refusal(R"({"Big": 1e30})"),
            serialization("NUMBER_VALUE cannot be converted to Long at 'big'"));
  EXPECT_EQ(refusal(R"({"Enabled": 1})"),
            serialization("NUMBER_VALUE cannot be converted to Boolean at 'enabled'"));
  EXPECT_EQ(refusal(R"({"At": "2025-01-01T00:00:00Z"})"),
            serialization("STRING_VALUE cannot be converted to Timestamp at 'at'"));
  EXPECT_EQ(refusal(R"({"At": 1e18})"),
            serialization("NUMBER_VALUE cannot be converted to Timestamp at 'at'"));
  EXPECT_EQ(refusal(R"({"Csr": "not base64"})"),
            serialization("STRING_VALUE cannot be converted to Blob at 'csr'"));
  EXPECT_EQ(refusal(R"({"Tags": {}})"),
            serialization("START_OBJECT cannot be converted to list at 'tags'"));
  EXPECT_EQ(refusal(R"({"Tags": ["x"]})"),
            serialization("STRING_VALUE cannot be converted to structure at 'tags.1.member'"));
  EXPECT_EQ(refusal(R"({"Variables": {"a": true}})"),
            serialization("TRUE_VALUE cannot be converted to String at 'variables'"));
  EXPECT_EQ(refusal("[]"), serialization("START_ARRAY cannot be converted to structure"));
}

TEST(Read, takes_whole_doubles_for_integers) {
  EXPECT_EQ(from_json<Everything>(R"({"Count": 5.0})")->count, 5);
  EXPECT_NE(refusal(R"({"Count": 5.5})"), "accepted");
}

TEST(Read, passes_on_the_error_of_a_value_type) {
  EXPECT_EQ(refusal(R"({"Ticket": "xy"})"), "InvalidTicketException: no ticket");
  EXPECT_EQ(refusal(R"({"Ticket": "xy", "Count": 0})"),
            one("Value '0' at 'count' failed to satisfy constraint: Member must have value greater "
                "than or equal to 1"));
}

TEST(Read, counts_a_value_without_an_error_of_its_own_as_a_violation) {
  EXPECT_EQ(refusal(R"({"Arn": "blah"})"),
            one("Value 'blah' at 'arn' failed to satisfy constraint: Member must satisfy regular "
                "expression pattern: " +
                std::string(Arn::pattern)));
}

TEST(Read, names_errors_as_the_protocol_does) {
  EXPECT_EQ(refusal("{\"Count\": 0}", Protocol::Query).substr(0, 17), "ValidationError: ");
  EXPECT_EQ(refusal("{\"Count\": []}", Protocol::Query).substr(0, 23), "InvalidParameterValue: ");
  EXPECT_EQ(refusal("{\"Count\": 0}", Protocol::RestXml).substr(0, 17), "InvalidArgument: ");
}

TEST(Read, takes_all_from_forms) {
  const auto form = parse_form(
      "Name=abc&Count=7&Ratio=0.5&Enabled=false&At=2025-01-02T03%3A04%3A05Z&Csr=AAEC&Usage=SERVER&"
      "Includes.Usages.member.1=CLIENT&Tags.member.1.Key=team&Tags.member.1.Value=&Names=&"
      "Variables.entry.1.key=x&Variables.entry.1.value=1");
  ASSERT_TRUE(form);
  const auto everything = read<Everything>(*form, Protocol::Query);
  ASSERT_TRUE(everything) << everything.error().message;
  EXPECT_EQ(everything->count, 7);
  EXPECT_EQ(everything->ratio, 0.5);
  EXPECT_EQ(everything->enabled, false);
  EXPECT_EQ(to_iso8601(*everything->at), "2025-01-02T03:04:05Z");
  EXPECT_EQ(everything->csr, (Bytes{0, 1, 2}));
  EXPECT_EQ(everything->includes->usages, std::vector{Usage::Client});
  EXPECT_EQ(everything->tags.at(0).value, "");
  EXPECT_TRUE(everything->names.empty());
  EXPECT_EQ(everything->variables.at("x"), "1");
}

TEST(Read, wipes_what_became_a_secret) {
  auto document = *parse_json(R"({"Passphrase": "c2VjcmV0", "Name": "abc"})");
  wipe_secrets(document, shape_of<Everything>);
  EXPECT_EQ(document.find("Passphrase")->as<std::string>()->find("c2Vj"), std::string::npos);
  EXPECT_EQ(*document.find("Name")->as<std::string>(), "abc");
}

struct Disordered {
  Ticket first;
  Ticket second;
  static constexpr auto fields =
      std::tuple{required("Second", &Disordered::second), required("First", &Disordered::first)};
};

TEST(Read, notices_fields_that_would_fill_the_wrong_members) {
  const auto document = *parse_json(R"({"First": "ab-1", "Second": "ab-2"})");
  EXPECT_THROW(static_cast<void>(read<Disordered>(document)), std::logic_error);
  static_assert(fields_name_every_member<Disordered>);
}

TEST(Print, leaves_out_what_is_not_there) {
  EXPECT_EQ(print_json(print(Filter{})), "{}");
  EXPECT_EQ(print_json(print(Tag{.key = "a", .value = {}})), R"({"Key":"a"})");
  EXPECT_EQ(print_json(print(Tag{.key = "a", .value = ""})), R"({"Key":"a","Value":""})");
}

struct Listing {
  std::vector<Tag> needed, always_there, maybe;
  static constexpr auto fields =
      std::tuple{required("Needed", &Listing::needed), always("Always", &Listing::always_there),
                 optional("Maybe", &Listing::maybe)};
};

TEST(Print, writes_empty_lists_where_they_are_promised) {
  EXPECT_EQ(print_json(print(Listing{})), R"({"Needed":[],"Always":[]})");
}

TEST(Print, is_read_back_as_the_same) {
  Everything everything{.name = "abc",
                        .count = 7,
                        .big = std::numeric_limits<std::int64_t>::min(),
                        .ratio = 0.1,
                        .enabled = false,
                        .at = from_millis(-1),
                        .csr = Bytes{1, 2, 3},
                        .passphrase = SecretBytes::copy_of("secret"),
                        .usage = Usage::Server,
                        .includes = Filter{.usages = {Usage::Client}},
                        .tags = {{.key = "a", .value = "b"}},
                        .names = {"x"},
                        .variables = {{"k", "v"}},
                        .body = "abc",
                        .ticket = *Ticket::parse("ab-1"),
                        .arn = Arn("acm", "r", "1", "x")};
  const auto json = print_json(print(everything));
  const auto again = from_json<Everything>(json);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(print_json(print(*again)), json);
  EXPECT_EQ(again->at, everything.at);
  EXPECT_EQ(again->big, everything.big);
}

TEST(Pattern, must_match_all_of_the_text) {
  Constraints word;
  word.pattern = "\\w+";
  EXPECT_TRUE(matches("abc_1", word));
  EXPECT_FALSE(matches("abc 1", word));
  EXPECT_FALSE(matches("abc\n", word));
  EXPECT_FALSE(matches("", word));
}

TEST(Pattern, understands_characters_as_java_writes_them) {
  EXPECT_EQ(to_re2(R"([\u0009\u000A\\u0020-\u00FF])"), R"([\x{9}\x{a}\\u0020-\x{ff}])");
  EXPECT_EQ(to_re2(R"([\uD800\uDC00-\uDBFF\uDFFF])"), R"([\x{10000}-\x{10ffff}])");
  EXPECT_EQ(to_re2(R"(\uZ\u12)"), R"(\uZ\u12)");
  Constraints latin;
  latin.pattern = R"([\u0009\u000A\u000D\u0020-\u00FF]*)";
  EXPECT_TRUE(matches("naïve\t", latin));
  EXPECT_FALSE(matches("π", latin));
}

TEST(Pattern, has_a_second_form_where_re2_cannot_follow) {
  Constraints look_around;
  look_around.pattern = "(?!-)[a-z-]+";
  EXPECT_THROW(static_cast<void>(matches("a", look_around)), std::logic_error);
  look_around.re2 = "[a-z][a-z-]*";
  EXPECT_TRUE(matches("a-b", look_around));
  EXPECT_FALSE(matches("-b", look_around));
}

}  // namespace
}  // namespace everseal::aws::protocol
