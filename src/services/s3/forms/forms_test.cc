#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "aws/sigv4/derived_keys.h"
#include "clock/time_text.h"
#include "crypto/digest.h"
#include "encoding/base64.h"
#include "encoding/hex.h"
#include "services/s3/forms/form_policy.h"
#include "services/s3/forms/form_reader.h"

namespace everseal::s3 {
namespace {

const std::string type = "multipart/form-data; boundary=\"line\"";

// What a reader made of a form that came in pieces of that size.
struct Read {
  std::string outcome = "fine";
  HeaderMap fields{};
  std::string file_name{};
  std::string file{};
};

Read read(const std::string& form, std::size_t piece) {
  Read all;
  auto reader = FormReader::of_type(
      type, {.begin = [&](HeaderMap fields, const std::string& name) -> Result<void, ApiError> {
               all.fields = std::move(fields);
               all.file_name = name;
               return {};
             },
             .append = [&](ByteView octets) -> Result<void, ApiError> {
               all.file += as_text(octets);
               return {};
             }});
  for (std::size_t at = 0; at < form.size(); at += piece) {
    const auto done = reader->write(as_bytes(std::string_view(form).substr(at, piece)));
    if (!done) {
      all.outcome = done.error().code;
      return all;
    }
  }
  const auto done = reader->finish();
  if (!done) all.outcome = done.error().code;
  return all;
}

std::string field(const std::string& name, const std::string& value) {
  return "--line\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

std::string file(const std::string& content, const std::string& name = "a.txt") {
  return "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
         "\"\r\n"
         "Content-Type: text/plain\r\n\r\n" +
         content + "\r\n";
}

const std::string end = "--line--\r\n";

TEST(FormReader, reads_fields_and_file_however_they_are_cut) {
  const std::string content = "one\r\n--lin\r\n--\r\n-two";
  const auto form = "preamble\r\n" + field("Key", "a/${filename}") + field("empty", "") +
                    file(content) + field("after", "ignored") + end;
  for (std::size_t piece = 1; piece <= form.size(); ++piece) {
    const auto all = read(form, piece);
    ASSERT_EQ(all.outcome, "fine") << piece;
    EXPECT_EQ(all.file, content) << piece;
    EXPECT_EQ(all.file_name, "a.txt");
    EXPECT_EQ(all.fields, (HeaderMap{{"key", "a/${filename}"}, {"empty", ""}}));
  }
}

TEST(FormReader, refuses_what_is_no_form_or_has_no_end) {
  EXPECT_EQ(read(file("x"), 7).outcome, "MalformedPOSTRequest");
  EXPECT_EQ(read("", 1).outcome, "MalformedPOSTRequest");
  EXPECT_EQ(read("--line\r\nX: y\r\n\r\n", 3).outcome, "MalformedPOSTRequest");
  EXPECT_EQ(read("--lineX", 3).outcome, "MalformedPOSTRequest");
  EXPECT_EQ(read(field("key", "k") + end, 100).outcome, "InvalidArgument");
  EXPECT_EQ(read(field("key", std::string(21'000, 'k')), 1000).outcome,
            "MaxPostPreDataLengthExceeded");
  EXPECT_EQ(read(std::string(30'000, 'x'), 1000).outcome, "MaxPostPreDataLengthExceeded");
  for (const std::size_t piece : {1000U, 64U * 1024}) {
    EXPECT_EQ(read(file("x", std::string(30'000, 'n')) + end, piece).outcome,
              "MaxPostPreDataLengthExceeded");
  }
  for (const auto* other :
       {"text/plain", "multipart/form-data", "multipart/form-data; boundary="}) {
    const auto reader = FormReader::of_type(other, {});
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().code, "PreconditionFailed");
  }
}

// One access key, "AKIA".
class OneKey final : public aws::sigv4::CredentialSource {
 public:
  Result<std::variant<aws::sigv4::Credential, aws::sigv4::Absence>> find(
      std::string_view id, std::optional<std::string_view>) const override {
    using Found = std::variant<aws::sigv4::Credential, aws::sigv4::Absence>;
    if (id != "AKIA") return Found(aws::sigv4::Absence::Unknown);
    aws::Caller caller;
    caller.user_name = "ops";
    return Found(aws::sigv4::Credential{.secret = secret_, .caller = caller});
  }
  const SecretBytes& secret() const { return *secret_; }

 private:
  std::shared_ptr<const SecretBytes> secret_ =
      std::make_shared<const SecretBytes>(SecretBytes::copy_of("secret"));
};

const TimePoint now = *parse_iso8601("2025-03-01T12:00:00Z");

// A form that is signed as it should be.
HeaderMap form_with(const std::string& conditions, HeaderMap more = {},
                    const std::string& expiration = "2025-03-01T13:00:00Z") {
  const std::string scope = "20250301/eu-west-1/s3/aws4_request";
  const auto policy = R"({"expiration": ")" + expiration +
                      R"(", "conditions": [{"bucket": "b"}, ["starts-with", "$key", "in/"],
      ["starts-with", "$x-amz-algorithm", ""], ["starts-with", "$x-amz-credential", ""],
      ["starts-with", "$x-amz-date", ""])" +
                      conditions + "]}";
  const auto encoded = encoding::to_base64(as_bytes(policy));
  const OneKey keys;
  const auto key =
      aws::sigv4::derive_key(keys.secret(), {"20250301", "eu-west-1", "s3", "aws4_request"});
  more.insert({{"key", "in/a"},
               {"policy", encoded},
               {"x-amz-algorithm", "AWS4-HMAC-SHA256"},
               {"x-amz-credential", "AKIA/" + scope},
               {"x-amz-date", "20250301T120000Z"},
               {"x-amz-signature", encoding::to_hex(crypto::hmac_sha256(key, encoded))}});
  return more;
}

std::string proven(const HeaderMap& fields, const std::string& bucket = "b") {
  const OneKey keys;
  const auto said = [](const ApiError& error) {
    return std::string(error.code) + ": " + error.message;
  };
  const auto signer = signer_of_form(fields, keys);
  if (!signer) return said(signer.error());
  if (!*signer) return "nobody";
  const auto limits = limits_of_form(fields, bucket, now);
  return limits ? (*signer)->caller.user_name : said(limits.error());
}

bool refused(const std::string& said, const std::string& how) { return said.starts_with(how); }

TEST(FormPolicy, proves_who_signed_it) {
  EXPECT_EQ(proven(form_with("")), "ops");
  EXPECT_EQ(proven({{"key", "k"}}), "nobody");
  auto form = form_with("");
  form["x-amz-signature"].back() ^= 1;
  EXPECT_TRUE(refused(proven(form), "SignatureDoesNotMatch"));
  form = form_with("");
  form["x-amz-credential"] = "AKIB/20250301/eu-west-1/s3/aws4_request";
  EXPECT_TRUE(refused(proven(form), "InvalidAccessKeyId"));
  form["x-amz-credential"] = "AKIA/20250301/eu-west-1/ec2/aws4_request";
  EXPECT_TRUE(refused(proven(form), "InvalidArgument"));
  form = form_with("");
  form.erase("x-amz-signature");
  EXPECT_TRUE(refused(proven(form),
                      "InvalidArgument: Bucket POST must contain a field named "
                      "'x-amz-signature'"));
  form = form_with("");
  form["x-amz-algorithm"] = "AWS4-ECDSA-P256-SHA256";
  EXPECT_TRUE(refused(proven(form), "InvalidRequest"));
}

// As older clients sign it.
HeaderMap older_form() {
  const std::string policy =
      R"({"expiration": "2025-03-01T13:00:00Z", "conditions": [{"bucket": "b"}, {"key": "in/a"}]})";
  const auto encoded = encoding::to_base64(as_bytes(policy));
  const auto code = crypto::hmac_sha1(OneKey().secret().reveal(), as_bytes(encoded));
  return {{"key", "in/a"},
          {"policy", encoded},
          {"awsaccesskeyid", "AKIA"},
          {"signature", encoding::to_base64(code)}};
}

TEST(FormPolicy, proves_who_signed_it_as_older_clients_do) {
  EXPECT_EQ(proven(older_form()), "ops");
  EXPECT_TRUE(refused(proven(older_form(), "c"), "AccessDenied"));
  auto form = older_form();
  form["signature"].front() ^= 1;
  EXPECT_TRUE(refused(proven(form), "SignatureDoesNotMatch"));
  form["awsaccesskeyid"] = "AKIB";
  EXPECT_TRUE(refused(proven(form), "InvalidAccessKeyId"));
  form.erase("signature");
  EXPECT_TRUE(refused(proven(form),
                      "InvalidArgument: Bucket POST must contain a field named "
                      "'signature'"));
  form = older_form();
  form["acl"] = "public-read";
  EXPECT_TRUE(refused(proven(form), "AccessDenied: Invalid according to Policy: Extra input"));
}

TEST(FormPolicy, allows_what_its_conditions_cover_and_no_more) {
  const std::string violated = "AccessDenied: Invalid according to Policy: ";
  EXPECT_EQ(proven(form_with(R"(, {"acl": "private"})", {{"acl", "private"}})), "ops");
  EXPECT_EQ(proven(form_with(R"(, ["eq", "$ACL", "private"])", {{"acl", "public-read"}})),
            violated + R"(Policy Condition failed: ["eq", "$acl", "private"])");
  EXPECT_EQ(proven(form_with("", {{"acl", "private"}})), violated + "Extra input fields: acl");
  EXPECT_EQ(proven(form_with("", {{"x-ignore-me", "1"}})), "ops");
  EXPECT_EQ(proven(form_with(R"(, {"x-amz-meta-a": "1"})")),
            violated + R"(Policy Condition failed: ["eq", "$x-amz-meta-a", "1"])");
  EXPECT_TRUE(refused(proven(form_with(""), "c"), violated + "Policy Condition failed"));
  EXPECT_EQ(proven(form_with("", {}, "2025-03-01T11:59:59Z")), violated + "Policy expired.");
  EXPECT_TRUE(refused(proven(form_with(", 7")), "InvalidPolicyDocument"));
  EXPECT_TRUE(refused(proven(form_with(R"(, ["like", "$key", "x"])")), "InvalidPolicyDocument"));
  EXPECT_TRUE(refused(proven(form_with("", {}, "tomorrow")), "InvalidPolicyDocument"));
}

TEST(FormPolicy, limits_the_length_of_the_file) {
  const auto limits = limits_of_form(form_with(R"(, ["content-length-range", 10, 20])"), "b", now);
  ASSERT_TRUE(limits);
  EXPECT_EQ(limits->least, 10U);
  EXPECT_EQ(limits->most, 20U);
  EXPECT_TRUE(
      refused(proven(form_with(R"(, ["content-length-range", 20, 10])")), "InvalidPolicyDocument"));
}

}  // namespace
}  // namespace everseal::s3
