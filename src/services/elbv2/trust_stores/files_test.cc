#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "services/elbv2/trust_stores/bundle.h"
#include "services/elbv2/trust_stores/test_world.h"

// What is taken of the files that people bring, and what they are told otherwise.
namespace everseal::elbv2::trust_stores {
namespace {

struct Bundles : testing::Test, World {
  std::string said_of(const std::string& file) {
    const auto answer = create_of(file);
    return answer ? "(none)" : sentence_of(answer.error());
  }
  const std::string good = ca("Devices").pem();
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(Bundles, have_certificates_and_comments_without_hyphens) {
  EXPECT_EQ(said_of("# Our devices\n" + good + "# and gates\n" + ca("Gates").pem()), "(none)");
  EXPECT_TRUE(has(said_of("# Our devices - all\n" + good), "Line 1 of the CA certificates bundle"));
}

TEST_F(Bundles, may_have_windows_line_endings_and_blanks_at_the_end) {
  std::string windows;
  for (const char c : good) windows += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(said_of(windows + "\r\n\n"), "(none)");
}

TEST_F(Bundles, have_no_blank_lines) {
  const auto lines = std::ranges::count(good, '\n');
  EXPECT_TRUE(has(said_of(good + "\n" + good),
                  "Line " + std::to_string(lines + 1) + " of the CA certificates bundle is blank"));
}

TEST_F(Bundles, have_no_text_that_openssl_prints) {
  const auto said = said_of("Certificate:\n    Data:\n" + good);
  EXPECT_TRUE(has(said, "InvalidCaCertificatesBundle: Line 1")) << said;
  EXPECT_TRUE(has(said, "openssl x509 -in ca.pem")) << said;
}

TEST_F(Bundles, have_no_keys_and_no_crls) {
  EXPECT_TRUE(has(said_of(good + crl_of("Devices", {"0a"})), "begins a block 'X509 CRL'"));
  EXPECT_TRUE(has(said_of("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
                  "begins a block 'PRIVATE KEY'"));
}

TEST_F(Bundles, that_are_der_or_without_armour_are_told_how_to_be_converted) {
  const auto der = to_text(ca("Devices").der());
  EXPECT_TRUE(has(said_of(der), "openssl x509 -inform DER -in file.der -outform PEM"));
  std::string base64 = good.substr(good.find('\n') + 1);
  base64.resize(base64.find("-----END"));
  EXPECT_TRUE(has(said_of(base64), "base64 -d file > file.der && openssl x509 -inform DER"));
  EXPECT_TRUE(has(said_of("hello"), "is not PEM"));
  EXPECT_TRUE(has(said_of(" \n"), "is empty"));
}

TEST_F(Bundles, that_are_cut_off_are_refused) {
  EXPECT_TRUE(has(said_of(good.substr(0, good.size() / 2)), "InvalidCaCertificatesBundle"));
  EXPECT_TRUE(has(said_of("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
                  "Certificate 1 of the CA certificates bundle cannot be read"));
}

TEST_F(Bundles, have_ca_certificates_only) {
  const auto leaf =
      ca("Leaf", {to_extension(x509::BasicConstraints{.ca = false}, x509::Criticality::Critical)});
  EXPECT_TRUE(has(said_of(good + leaf.pem()),
                  "Certificate 2 of the CA certificates bundle (O=Leaf) is not a CA certificate"));
}

TEST_F(Bundles, have_keys_of_the_documented_kinds) {
  const auto rsa = need(crypto::PrivateKey::generate(crypto::KeyAlgorithm::Rsa2048));
  const x509::testing::Draft draft{.subject = "RSA", .issuer = "RSA", .key = rsa};
  EXPECT_EQ(said_of(draft.signed_certificate().pem()), "(none)");
}

TEST_F(Bundles, have_as_many_certificates_as_the_setting_says) {
  settings.ca_certificates = 1;
  EXPECT_TRUE(has(said_of(good + ca("Gates").pem()),
                  "InvalidCaCertificatesBundle: The CA certificates bundle has too many "
                  "certificates"));
}

struct Files : testing::Test, World {};

TEST_F(Files, that_are_not_there_are_told_so) {
  const auto refused = try_create("a", "none.pem");
  EXPECT_EQ(sentence_of(refused.error()),
            "CaCertificatesBundleNotFound: There is no object 'none.pem' in the bucket 'pki'");
  EXPECT_EQ(code_of(try_add(create(), {"none.crl"})), "RevocationContentNotFound");
}

TEST_F(Files, that_the_caller_may_not_read_are_not_found) {
  buckets.objects["pki/secret.pem"] = "denied";
  const auto refused = try_create("a", "secret.pem");
  EXPECT_EQ(sentence_of(refused.error()),
            "CaCertificatesBundleNotFound: The object 'secret.pem' in the bucket 'pki' cannot be "
            "read: not authorized");
}

TEST_F(Files, of_a_key_with_a_slash_in_front_are_told_the_key_that_exists) {
  const auto arn = create();
  buckets.objects["pki/crl/ca.pem"] = crl_of("Devices", {"0a1b"});
  const auto refused = try_add(arn, {"/crl/ca.pem"});
  EXPECT_EQ(sentence_of(refused.error()),
            "RevocationContentNotFound: There is no object '/crl/ca.pem' in the bucket 'pki'. Keys "
            "in S3 do not begin with a slash: the object that exists is 'crl/ca.pem', so specify "
            "that key");
  EXPECT_EQ(described(arn).total_revoked_entries, 0);
}

TEST_F(Files, of_a_key_with_a_slash_in_front_are_taken_where_the_setting_says_so) {
  settings.drops_leading_slash = true;
  const auto arn = create();
  buckets.objects["pki/crl/ca.pem"] = crl_of("Devices", {"0a1b"});
  need(try_add(arn, {"/crl/ca.pem"}));
  EXPECT_EQ(described(arn).total_revoked_entries, 1);
  EXPECT_EQ(code_of(try_add(arn, {"/"})), "RevocationContentNotFound");
}

TEST_F(Files, whose_key_does_begin_with_a_slash_are_taken) {
  const auto arn = create();
  buckets.objects["pki//crl/ca.pem"] = crl_of("Devices", {"0a1b"});
  buckets.objects["pki/crl/ca.pem"] = "something else";
  need(try_add(arn, {"/crl/ca.pem"}));
}

TEST_F(Files, that_a_stranger_may_not_read_are_not_told_of) {
  buckets.objects["pki/crl/ca.pem"] = "denied";
  const auto refused = try_add(create(), {"/crl/ca.pem"});
  EXPECT_EQ(sentence_of(refused.error()),
            "RevocationContentNotFound: There is no object '/crl/ca.pem' in the bucket 'pki'");
}

TEST_F(Files, are_read_in_the_version_that_is_asked_for) {
  buckets.objects["pki/ca.pem?1"] = buckets.objects["pki/two.pem"];
  const CreateTrustStore create{*database, random, clock, buckets, settings, followed};
  const auto made = need(create({"old", "pki", "ca.pem", "1", {}}, call));
  EXPECT_EQ(made.trust_stores.at(0).number_of_ca_certificates, 2);
}

TEST_F(Files, have_a_size_that_the_setting_allows) {
  const auto arn = create();
  const auto crl = crl_of("Devices", {"0a1b"});
  buckets.objects["pki/a.crl"] = crl;
  settings.revocation_file_octets = std::ssize(crl);
  EXPECT_EQ(code_of(try_add(arn, {"a.crl"})), "(none)");
  EXPECT_EQ(code_of(try_add(arn, {"a.crl", "a.crl"})), "InvalidRevocationContent");  // together
  settings.revocation_file_octets -= 1;
  EXPECT_EQ(code_of(try_add(arn, {"a.crl"})), "InvalidRevocationContent");
}

}  // namespace
}  // namespace everseal::elbv2::trust_stores
