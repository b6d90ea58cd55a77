#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "aws/sigv4/canonical.h"
#include "aws/sigv4/derived_keys.h"
#include "aws/sigv4/test_keys.h"
#include "aws/sigv4/verifier.h"
#include "clock/time_text.h"
#include "crypto/digest.h"
#include "encoding/hex.h"

// Requests that botocore signed; see record.py beside them.
namespace everseal::aws::sigv4 {
namespace {

struct Golden {
  std::string name;
  std::map<std::string, std::string> facts;
  http::RequestHead head;
  std::string body;

  Dialect dialect() const { return facts.at("service") == "s3" ? Dialect::S3 : Dialect::Json; }
};

std::pair<std::string, std::string> split_at(const std::string& line, const std::string& by) {
  const auto at = line.find(by);
  return {line.substr(0, at), line.substr(at + by.size())};
}

Golden read_golden(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  Golden golden{.name = path.stem().string(), .facts = {}, .head = {}, .body = {}};
  std::string line;
  while (std::getline(file, line) && !line.empty()) golden.facts.insert(split_at(line, ": "));
  std::getline(file, line);
  const auto [method, rest] = split_at(line, " ");
  golden.head.method = method;
  golden.head.target = split_at(rest, " ").first;
  while (std::getline(file, line) && !line.empty()) {
    auto [name, value] = split_at(line, ": ");
    golden.head.headers.add(name, value);
  }
  std::stringstream body;
  body << file.rdbuf();
  golden.body = body.str();
  return golden;
}

std::vector<Golden> all_golden() {
  std::vector<Golden> all;
  for (const auto& entry : std::filesystem::directory_iterator(GOLDEN_FOLDER)) {
    if (entry.path().extension() == ".request") all.push_back(read_golden(entry.path()));
  }
  return all;
}

const ManualClock kThen{*parse_iso8601("2025-01-02T03:04:05Z")};

TEST(Verifier, proves_every_request_that_botocore_signed) {
  const TestKeys keys;
  const Verifier verifier{keys, kThen};
  const auto all = all_golden();
  ASSERT_GE(all.size(), 29u);
  for (const auto& golden : all) {
    const auto claim = read_claim(golden.head);
    ASSERT_TRUE(claim) << golden.name << ": " << claim.error().message;
    const Expected expected{.service = golden.facts.at("service"),
                            .region = golden.facts.at("region"),
                            .dialect = golden.dialect()};
    const auto proof = verifier.verify(golden.head, *claim, expected, as_bytes(golden.body));
    EXPECT_TRUE(proof) << golden.name << ": " << proof.error().message;
  }
}

TEST(Verifier, refuses_every_golden_request_under_another_secret) {
  TestKeys keys;
  keys.change_secret("example/Secret+Key/For+Documentation/0002");
  const Verifier verifier{keys, kThen};
  for (const auto& golden : all_golden()) {
    const auto claim = read_claim(golden.head);
    const Expected expected{.service = golden.facts.at("service"), .dialect = golden.dialect()};
    const auto proof = verifier.verify(golden.head, *claim, expected, as_bytes(golden.body));
    ASSERT_FALSE(proof) << golden.name;
    EXPECT_EQ(proof.error().failure, Failure::Mismatch) << golden.name;
  }
}

// The first requests of the reference also say what the canonical request hashes to.
TEST(CanonicalRequest, is_spelt_as_botocore_spells_it) {
  for (const auto& golden : all_golden()) {
    const auto claim = read_claim(golden.head);
    const bool s3 = golden.dialect() == Dialect::S3;
    auto hash = encoding::to_hex(crypto::sha256(golden.body));
    if (const auto declared = golden.head.headers.find("x-amz-content-sha256")) hash = *declared;
    if (s3 && claim->presigned) hash = "UNSIGNED-PAYLOAD";
    const auto headers = canonical_headers(golden.head.headers, claim->signed_headers);
    const auto request =
        canonical_request(golden.head, s3 ? PathRule::AsSent : PathRule::Normalised, *headers,
                          joined(claim->signed_headers), hash);
    EXPECT_EQ(encoding::to_hex(crypto::sha256(request)), golden.facts.at("canonical-sha256"))
        << golden.name << "\n"
        << request;
  }
}

TEST(Signer, writes_the_signatures_that_botocore_writes) {
  const TestKeys keys;
  for (const auto& golden : all_golden()) {
    const auto claim = read_claim(golden.head);
    // Signed by the Date header: ours always writes X-Amz-Date.
    if (claim->presigned || !golden.head.headers.contains("X-Amz-Date")) continue;
    auto key = signing_key(keys, golden.facts.at("service"), golden.facts.at("region"));
    if (!golden.facts.at("token").empty()) key.session_token = golden.facts.at("token");
    auto head = golden.head;
    sign(head, as_bytes(golden.body), key, kThen.now());
    EXPECT_EQ(head.headers.find("Authorization"), golden.head.headers.find("Authorization"))
        << golden.name;
  }
}

TEST(Signer, presigns_as_botocore_does) {
  const TestKeys keys;
  auto key = signing_key(keys, "s3");
  http::RequestHead head{.method = "GET", .target = "/demo-bucket/a%20b%2Bc/%C3%A9.txt"};
  head.headers.add("Host", "pki.example.internal:8443");
  auto with_token = head;
  presign(head, key, kThen.now(), 3600);
  EXPECT_TRUE(
      head.target.ends_with("54132a1f10f90b430d64da67a50986881e0693d618ff79d7cff50343283ac11b"));
  key.session_token = std::string(kTestToken);
  presign(with_token, key, kThen.now(), 3600);
  EXPECT_TRUE(with_token.target.ends_with(
      "9c0229b7adf0c4095ce19d4a5b11ec31adf81aaec2b43a6b6f36f6040518dcd8"));
}

TEST(DeriveKey, gives_the_keys_of_the_reference) {
  const auto secret = SecretBytes::copy_of(kTestSecret);
  const auto of = [&](std::string service) {
    return encoding::to_hex(
        derive_key(secret, {"20250102", "eu-west-1", std::move(service), "aws4_request"}));
  };
  EXPECT_EQ(of("elasticloadbalancing"),
            "8e6c149ddea8daae3faf7d2cda39ed3ff5b25de9e821d3ab53c22212a9926670");
  EXPECT_EQ(of("s3"), "ba384af2eb288f6a3477cc662a7dcd38cb6f2759f4e24a85cb403d6834a9cb38");
}

}  // namespace
}  // namespace everseal::aws::sigv4
