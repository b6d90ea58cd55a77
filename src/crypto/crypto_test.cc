#include <gtest/gtest.h>
#include <openssl/err.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <atomic>

#include "crypto/cipher.h"
#include "crypto/digest.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "crypto/running_digest.h"
#include "encoding/base64.h"
#include "encoding/hex.h"
#include "latch/testing/many_threads.h"

namespace everseal::crypto {
namespace {

constexpr std::string_view rsa_1024_pkcs8 =
    "MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAMVFl1iE6hY3likxlT6IBxbHzHyP"
    "LfvCgNlfGKqNEMkWQsRNZEGtrLo8QFNqaQE3Tnsgq7+Q1GrCnx5ax2scb6HAjLQe0DE6cpsFbD+3"
    "2yfljKCmO93mj3K+D/GZbF7lsxbSAmBg4bNkZj3HP1jOozJLIw2FnbNNg/aKC0E8kuylAgMBAAEC"
    "gYBNuS55DN0h5cK+9i8kFPoeCphRlyP55ldXzXTtdWjgoWmq6AcRLXk5YxXBB9LZTM4aCvRAJLLc"
    "YVPJ5OBfHjQIp8nq7XN1/wUGVOtmAc6+ChL7CK6mPBuPKVxwyMrhymUFJI9ZBXvjJaME3Zw0B3Z+"
    "+f3gDQEc6nczsSvrwQnUnQJBAPkz4JqdjLI9dzW9TJKXxYsroYPzT/fnk6YUUsDDzr0bt06rAR87"
    "PirBLapoCT8Xi/szizodbVfLH+GGfy4339sCQQDKpxfpigEJ5dS+kFrJ7JrY4GzrZn8sDsfGmXTb"
    "QmOre7ThWtOS8HuJE8/Uz+sPyH/8+7F/pjTkM7xpP6fDck1/AkA5+e7EKelEwnYMg5jf9f1YbnMq"
    "Lp4pL7AzEEFcZXGgn2UbIT+mk3LYIY9NON0F16WScKBwic4ZgcFOB6tpBkjHAkEAwQLiaIETOi0X"
    "MiTlA5sBZHxj4NRvXTP6nDG+NbKGoWYiQdyy1CmNT2J6ONOKqy6oj/fc95oCmDKaSZfiHel42wJA"
    "C5f8lzkx/O8ItvT+bkup3/nn8F3N1XGy3ypWKz4yqSDP2hGzcSr+NnPZbM7iC2m4LaNZMXnyYEjv"
    "ellJqFE5kQ==";
constexpr std::string_view rsa_1024_spki =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDFRZdYhOoWN5YpMZU+iAcWx8x8jy37woDZXxiq"
    "jRDJFkLETWRBray6PEBTamkBN057IKu/kNRqwp8eWsdrHG+hwIy0HtAxOnKbBWw/t9sn5Yygpjvd"
    "5o9yvg/xmWxe5bMW0gJgYOGzZGY9xz9YzqMySyMNhZ2zTYP2igtBPJLspQIDAQAB";
// openssl dgst -sha256 -sign, over "everseal"
constexpr std::string_view rsa_1024_signature =
    "ke/lgPVoGXRL2Onp4r+q5O34iNlOfg6JEiR/AIzM0/tXxCOI3F+kly2kLJXzU9I0rkHFfW2YgoUb"
    "psNdy8UfxBSyoamCmdSZufmi3S9Tk3Gc+Cr2UzWOZC2CEniT1ltjamFEZPuoJ0vbqJe54XyIXXgo"
    "fE/syPMFvz15LMWxUcM=";
// P-256 with its parameters spelled out instead of named.
constexpr std::string_view explicit_curve_pkcs8 =
    "MIIBeQIBADCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAAAAAAAAAA"
    "AAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA///////////////8BCBaxjXY"
    "qjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSdNgiG5wSTamZ44ROdJreBn36QBEEEaxfR"
    "8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBo"
    "N79R9QIhAP////8AAAAA//////////+85vqtpxeehPO5ysL8YyVRAgEBBG0wawIBAQQgWpgI4krn"
    "948pSlpfR52FeD+SzrcrfjpC8gahZqCBg0yhRANCAATtrlaEA4MYyiF+jJ16HqfOBWZcArLBo1hm"
    "6m/stKjS7x37HkpicSyvnvFhmQXgJXO9fLg+X5hMufC0XR9hEFdw";
constexpr std::string_view ed25519_pkcs8 =
    "MC4CAQAwBQYDK2VwBCIEIAKloAIsZa7vSuRJadQkt6O5CJQZRJyzwM6jd11Ogamz";
constexpr std::string_view ed25519_spki =
    "MCowBQYDK2VwAyEA/ea4VnFGizqYbuicouFcwAqAVmA4BpaOo+Pcvk3zVqw=";

Bytes base64(std::string_view text) { return encoding::from_base64(text).value(); }
Bytes hex(std::string_view text) { return encoding::from_hex(text).value(); }
std::string to_hex(ByteView octets) { return encoding::to_hex(octets); }
SecretBytes secret(std::string_view digits) { return SecretBytes(hex(digits)); }

constexpr std::array generated{KeyAlgorithm::Rsa2048, KeyAlgorithm::P256, KeyAlgorithm::P384,
                               KeyAlgorithm::P521};
constexpr std::array digests{DigestAlgorithm::Sha256, DigestAlgorithm::Sha384,
                             DigestAlgorithm::Sha512};

// One of each, made once: an RSA key takes its time.
const PrivateKey& key_of(KeyAlgorithm algorithm) {
  static const std::map<KeyAlgorithm, PrivateKey> keys = [] {
    std::map<KeyAlgorithm, PrivateKey> made;
    for (const KeyAlgorithm each : generated) {
      made.emplace(each, PrivateKey::generate(each).value());
    }
    return made;
  }();
  return keys.at(algorithm);
}

PublicKey public_half(const PrivateKey& key) {
  return PublicKey::from_spki(key.public_key_info()).value();
}

bool queue_is_empty() { return ERR_peek_error() == 0; }

TEST(Digest, gives_the_answers_of_fips_180) {
  const ByteView abc = as_bytes("abc");
  EXPECT_EQ(to_hex(sha1(abc)), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(to_hex(sha256(abc)),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha384(abc)),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            "8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(to_hex(sha512(abc)),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(to_hex(sha256(std::string_view())),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

RC_GTEST_PROP(Sha256, does_not_care_how_its_input_is_cut, (const std::vector<Bytes>& pieces)) {
  Sha256 running;
  Bytes whole;
  for (const Bytes& piece : pieces) {
    running.update(piece);
    whole.insert(whole.end(), piece.begin(), piece.end());
  }
  RC_ASSERT(running.finish() == sha256(whole));
  RC_ASSERT(running.finish() == sha256(std::string_view()));
}

TEST(Hmac, gives_the_answers_of_rfc_4231_and_rfc_2202) {
  EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, 0xaa),
                               "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(to_hex(hmac_sha1(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST(Hmac, takes_an_empty_key_for_an_empty_key) {
  static_cast<void>(hmac_sha256(as_bytes("another"), "text"));
  EXPECT_EQ(to_hex(hmac_sha256(ByteView(), ByteView())),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

constexpr std::string_view gcm_key =
    "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
constexpr std::string_view gcm_nonce = "cafebabefacedbaddecaf888";
constexpr std::string_view gcm_context = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
constexpr std::string_view gcm_plaintext =
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b5"
    "25b16aedf5aa0de657ba637b39";
constexpr std::string_view gcm_sealed =
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10568288"
    "38"
    "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b";

TEST(Aes256Gcm, gives_the_answer_of_the_gcm_specification) {
  const auto sealed =
      aes_256_gcm_seal(secret(gcm_key), hex(gcm_nonce), hex(gcm_context), hex(gcm_plaintext));
  EXPECT_EQ(to_hex(*sealed), gcm_sealed);
  const auto opened =
      aes_256_gcm_open(secret(gcm_key), hex(gcm_nonce), hex(gcm_context), hex(gcm_sealed));
  EXPECT_EQ(to_hex(opened->reveal()), gcm_plaintext);
}

TEST(Aes256Gcm, refuses_any_changed_bit) {
  const Bytes sound = hex(gcm_sealed);
  for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
    Bytes changed = sound;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
    EXPECT_FALSE(aes_256_gcm_open(secret(gcm_key), hex(gcm_nonce), hex(gcm_context), changed));
  }
  EXPECT_TRUE(queue_is_empty());
}

TEST(Aes256Gcm, refuses_another_context_a_short_key_and_missing_octets) {
  const Bytes nonce = hex(gcm_nonce);
  EXPECT_FALSE(aes_256_gcm_open(secret(gcm_key), nonce, as_bytes("other"), hex(gcm_sealed)));
  EXPECT_FALSE(aes_256_gcm_open(secret("feff"), nonce, hex(gcm_context), hex(gcm_sealed)));
  EXPECT_FALSE(aes_256_gcm_open(secret(gcm_key), nonce, hex(gcm_context), hex("76fc6ece")));
  EXPECT_FALSE(aes_256_gcm_seal(secret(gcm_key), as_bytes("short"), ByteView(), ByteView()));
}

RC_GTEST_PROP(Aes256Gcm, opens_what_it_sealed, (const Bytes& plaintext, const Bytes& context)) {
  const auto sealed = aes_256_gcm_seal(secret(gcm_key), hex(gcm_nonce), context, plaintext);
  RC_ASSERT(sealed->size() == plaintext.size() + aes_gcm_tag_octets);
  const auto opened = aes_256_gcm_open(secret(gcm_key), hex(gcm_nonce), context, *sealed);
  RC_ASSERT(to_bytes(opened->reveal()) == plaintext);
}

TEST(Aes256Cbc, gives_the_answer_of_nist_sp_800_38a) {
  const auto ciphertext = aes_256_cbc_encrypt(
      secret("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
      hex("000102030405060708090a0b0c0d0e0f"), hex("6bc1bee22e409f96e93d7e117393172a"));
  EXPECT_EQ(to_hex(ByteView(*ciphertext).first(16)), "f58c4c04d6e5f1ba779eabfb5f7bfbd6");
}

RC_GTEST_PROP(Aes256Cbc, decrypts_what_it_encrypted, (const Bytes& plaintext)) {
  const Bytes iv(aes_block_octets, 7);
  const auto ciphertext = aes_256_cbc_encrypt(secret(gcm_key), iv, plaintext);
  RC_ASSERT(ciphertext->size() == (plaintext.size() / 16 + 1) * 16);
  const auto decrypted = aes_256_cbc_decrypt(secret(gcm_key), iv, *ciphertext);
  RC_ASSERT(to_bytes(decrypted->reveal()) == plaintext);
}

TEST(Aes256Cbc, refuses_a_broken_block_and_leaves_no_error_behind) {
  EXPECT_FALSE(aes_256_cbc_decrypt(secret(gcm_key), Bytes(16, 0), Bytes(15, 1)));
  EXPECT_FALSE(aes_256_cbc_decrypt(secret(gcm_key), Bytes(16, 0), Bytes()));
  EXPECT_TRUE(queue_is_empty());
}

TEST(Pbkdf2, gives_the_answers_of_rfc_6070) {
  const auto derive = [](std::string_view password, std::string_view salt, int iterations,
                         std::size_t octets) {
    return to_hex(
        pbkdf2_hmac_sha1(as_bytes(password), as_bytes(salt), iterations, octets)->reveal());
  };
  using namespace std::string_view_literals;
  EXPECT_EQ(derive("password", "salt", 1, 20), "0c60c80f961f0e71f3a9b524af6012062fe037a6");
  EXPECT_EQ(derive("password", "salt", 4096, 20), "4b007901b765489abead49d926f721d065a429c1");
  EXPECT_EQ(derive("pass\0word"sv, "sa\0lt"sv, 4096, 16), "56fa6aa75548099dcc37d7f03425e0c3");
  EXPECT_FALSE(pbkdf2_hmac_sha1(as_bytes("p"), as_bytes("s"), 0, 20));
}

TEST(PrivateKey, signs_what_its_public_half_verifies_with_every_digest) {
  for (const KeyAlgorithm algorithm : generated) {
    const PublicKey verifier = public_half(key_of(algorithm));
    EXPECT_EQ(verifier.algorithm(), algorithm);
    for (const DigestAlgorithm digest : digests) {
      const auto how = signature_with(family_of(algorithm), digest);
      const auto signature = key_of(algorithm).sign(how, as_bytes("message"));
      ASSERT_TRUE(signature) << to_string(algorithm) << " " << to_string(how);
      EXPECT_TRUE(verifier.verify(how, as_bytes("message"), *signature));
      EXPECT_FALSE(verifier.verify(how, as_bytes("massage"), *signature));
    }
  }
  EXPECT_TRUE(queue_is_empty());
}

TEST(PrivateKey, signs_a_digest_as_it_signs_the_message) {
  for (const KeyAlgorithm which : generated) {
    const PublicKey verifier = public_half(key_of(which));
    for (const DigestAlgorithm digest : digests) {
      const auto how = signature_with(family_of(which), digest);
      RunningDigest running(digest);
      running.update(as_bytes("mess"));
      running.update(as_bytes("age"));
      const Bytes hash = running.finish();
      const Bytes signature = key_of(which).sign_digest(how, hash).value();
      EXPECT_TRUE(verifier.verify(how, as_bytes("message"), signature));
      const Bytes of_message = key_of(which).sign(how, as_bytes("message")).value();
      EXPECT_TRUE(verifier.verify_digest(how, hash, of_message));
      const ByteView cut = ByteView(hash).first(hash.size() - 1);
      EXPECT_FALSE(key_of(which).sign_digest(how, cut));
      EXPECT_FALSE(verifier.verify_digest(how, cut, signature));
    }
  }
  EXPECT_TRUE(queue_is_empty());
}

TEST(PrivateKey, does_not_sign_with_the_algorithm_of_the_other_family) {
  EXPECT_FALSE(key_of(KeyAlgorithm::P256).sign(SignatureAlgorithm::Sha256WithRsa, ByteView()));
  EXPECT_FALSE(key_of(KeyAlgorithm::Rsa2048).sign(SignatureAlgorithm::Sha256WithEcdsa, ByteView()));
}

TEST(PrivateKey, is_the_same_after_a_way_through_pkcs8) {
  for (const KeyAlgorithm algorithm : generated) {
    const auto copy = PrivateKey::from_pkcs8(key_of(algorithm).to_pkcs8().reveal());
    ASSERT_TRUE(copy);
    EXPECT_EQ(copy->algorithm(), algorithm);
    EXPECT_EQ(copy->public_key_info(), key_of(algorithm).public_key_info());
    const auto how = natural_signature(algorithm);
    const auto signature = copy->sign(how, as_bytes("message"));
    EXPECT_TRUE(public_half(key_of(algorithm)).verify(how, as_bytes("message"), *signature));
  }
}

TEST(PrivateKey, of_1024_bits_is_imported_and_signs_as_openssl_does_but_is_never_made) {
  const auto key = PrivateKey::from_pkcs8(base64(rsa_1024_pkcs8));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->algorithm(), KeyAlgorithm::Rsa1024);
  EXPECT_EQ(key->public_key_info(), base64(rsa_1024_spki));
  EXPECT_EQ(*key->sign(SignatureAlgorithm::Sha256WithRsa, as_bytes("everseal")),
            base64(rsa_1024_signature));
  EXPECT_EQ(PrivateKey::generate(KeyAlgorithm::Rsa1024).error().kind, Fault::Kind::Malformed);
}

TEST(PrivateKey, refuses_other_kinds_spelled_out_curves_and_octets_behind_it) {
  Bytes trailing = base64(rsa_1024_pkcs8);
  trailing.push_back(0);
  EXPECT_FALSE(PrivateKey::from_pkcs8(base64(ed25519_pkcs8)));
  EXPECT_FALSE(PrivateKey::from_pkcs8(base64(explicit_curve_pkcs8)));
  EXPECT_FALSE(PrivateKey::from_pkcs8(trailing));
  EXPECT_FALSE(PrivateKey::from_pkcs8(ByteView()));
  EXPECT_FALSE(PrivateKey::from_pkcs8(base64(rsa_1024_spki)));
  EXPECT_TRUE(queue_is_empty());
}

TEST(PrivateKey, stops_making_primes_when_it_is_told_to) {
  std::stop_source stop;
  stop.request_stop();
  const auto key = PrivateKey::generate(KeyAlgorithm::Rsa4096, stop.get_token());
  EXPECT_EQ(key.error().kind, Fault::Kind::Unavailable);
  EXPECT_TRUE(queue_is_empty());
}

TEST(PrivateKey, signs_from_many_threads_at_once) {
  const PrivateKey& key = key_of(KeyAlgorithm::P256);
  const PublicKey verifier = public_half(key);
  std::atomic<int> verified = 0;
  in_threads(4, [&](int /*thread*/) {
    for (int round = 0; round < 50; ++round) {
      const Bytes message = to_bytes(std::to_string(round));
      const auto signature = key.sign(SignatureAlgorithm::Sha256WithEcdsa, message);
      if (verifier.verify(SignatureAlgorithm::Sha256WithEcdsa, message, *signature)) ++verified;
    }
  });
  EXPECT_EQ(verified, 200);
}

constexpr std::string_view p256_spki_head = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
// RFC 6979, A.2.5.
constexpr std::string_view rfc6979_x =
    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
constexpr std::string_view rfc6979_y =
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
constexpr std::string_view rfc6979_signature =
    "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

std::string rfc6979_spki() {
  return std::string(p256_spki_head) + "04" + std::string(rfc6979_x) + std::string(rfc6979_y);
}

TEST(PublicKey, verifies_the_signature_of_rfc_6979) {
  const auto key = PublicKey::from_spki(hex(rfc6979_spki()));
  ASSERT_TRUE(key);
  const Bytes signature = hex(rfc6979_signature);
  EXPECT_TRUE(key->verify(SignatureAlgorithm::Sha256WithEcdsa, as_bytes("sample"), signature));
  EXPECT_FALSE(key->verify(SignatureAlgorithm::Sha384WithEcdsa, as_bytes("sample"), signature));
}

TEST(PublicKey, reads_a_compressed_point) {
  const auto key =
      PublicKey::from_spki(hex("3039301306072a8648ce3d020106082a8648ce3d030107032200"
                               "03" +
                               std::string(rfc6979_x)));
  ASSERT_TRUE(key);
  EXPECT_TRUE(
      key->verify(SignatureAlgorithm::Sha256WithEcdsa, as_bytes("sample"), hex(rfc6979_signature)));
}

TEST(PublicKey, refuses_a_point_beside_the_curve_and_other_kinds_of_key) {
  std::string beside = rfc6979_spki();
  beside.back() = '8';
  EXPECT_EQ(PublicKey::from_spki(hex(beside)).error().kind, Fault::Kind::Malformed);
  std::string hybrid = rfc6979_spki();
  hybrid[p256_spki_head.size() + 1] = '7';
  EXPECT_FALSE(PublicKey::from_spki(hex(hybrid)));
  EXPECT_FALSE(PublicKey::from_spki(base64(ed25519_spki)));
  EXPECT_FALSE(PublicKey::from_spki(ByteView()));
  EXPECT_TRUE(queue_is_empty());
}

TEST(PublicKey, keeps_keys_apart_that_live_one_after_the_other) {
  const auto how = SignatureAlgorithm::Sha256WithEcdsa;
  const auto first = PrivateKey::generate(KeyAlgorithm::P256).value();
  const auto second = PrivateKey::generate(KeyAlgorithm::P256).value();
  const Bytes signature = first.sign(how, as_bytes("message")).value();
  EXPECT_TRUE(public_half(first).verify(how, as_bytes("message"), signature));
  EXPECT_FALSE(public_half(second).verify(how, as_bytes("message"), signature));
  const PublicKey both[] = {public_half(first), public_half(second)};
  EXPECT_TRUE(both[0].verify(how, as_bytes("message"), signature));
  EXPECT_FALSE(both[1].verify(how, as_bytes("message"), signature));
}

TEST(PublicKey, verifies_rsa_and_refuses_the_other_family) {
  const auto key = PublicKey::from_spki(base64(rsa_1024_spki));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->algorithm(), KeyAlgorithm::Rsa1024);
  EXPECT_TRUE(key->verify(SignatureAlgorithm::Sha256WithRsa, as_bytes("everseal"),
                          base64(rsa_1024_signature)));
  EXPECT_FALSE(key->verify(SignatureAlgorithm::Sha256WithEcdsa, as_bytes("everseal"),
                           base64(rsa_1024_signature)));
}

TEST(PublicKey, refuses_an_rsa_exponent_that_is_even_one_or_endless) {
  const Bytes sound = base64(rsa_1024_spki);
  for (const std::string_view exponent : {"010000", "000001"}) {
    Bytes changed = sound;
    std::ranges::copy(hex(exponent), changed.end() - 3);
    EXPECT_FALSE(PublicKey::from_spki(changed)) << exponent;
  }
}

RC_GTEST_PROP(PublicKey, survives_any_octets, (const Bytes& octets)) {
  static_cast<void>(PublicKey::from_spki(octets));
  RC_ASSERT(queue_is_empty());
}

RC_GTEST_PROP(PublicKey, survives_any_change_of_a_sound_key, ()) {
  Bytes changed = *rc::gen::element(base64(rsa_1024_spki), hex(rfc6979_spki()));
  const auto at = *rc::gen::inRange<std::size_t>(0, changed.size());
  changed[at] = *rc::gen::arbitrary<std::uint8_t>();
  const auto key = PublicKey::from_spki(changed);
  if (key) {
    static_cast<void>(key->verify(natural_signature(key->algorithm()), as_bytes("everseal"),
                                  base64(rsa_1024_signature)));
  }
  RC_ASSERT(queue_is_empty());
}

TEST(RunningDigest, says_of_pieces_what_the_standards_say_of_the_whole) {
  const auto of_abc = [](RunningDigest::Algorithm algorithm) {
    RunningDigest digest(algorithm);
    digest.update(as_bytes("a"));
    digest.update({});
    digest.update(as_bytes("bc"));
    return encoding::to_hex(digest.finish());
  };
  EXPECT_EQ(of_abc(RunningDigest::Algorithm::Md5), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(of_abc(RunningDigest::Algorithm::Sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(of_abc(RunningDigest::Algorithm::Sha256),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(RunningDigest, is_that_of_every_signature) {
  const Bytes message = to_bytes("everseal");
  const auto digest_with = [&](DigestAlgorithm algorithm) {
    RunningDigest running(algorithm);
    running.update(message);
    return running.finish();
  };
  EXPECT_EQ(to_hex(digest_with(DigestAlgorithm::Sha256)), to_hex(sha256(message)));
  EXPECT_EQ(to_hex(digest_with(DigestAlgorithm::Sha384)), to_hex(sha384(message)));
  EXPECT_EQ(to_hex(digest_with(DigestAlgorithm::Sha512)), to_hex(sha512(message)));
}

}  // namespace
}  // namespace everseal::crypto
