#pragma once

#include <cstddef>

#include "encoding/bytes.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::crypto {

inline constexpr std::size_t aes_256_key_octets = 32;
inline constexpr std::size_t aes_gcm_nonce_octets = 12;
inline constexpr std::size_t aes_gcm_tag_octets = 16;
inline constexpr std::size_t aes_block_octets = 16;

// AES-256-GCM (NIST SP 800-38D): the ciphertext, as long as the plaintext, then the tag of 16
// octets. A nonce must never serve twice under one key. `context` is authenticated, not included.
// Malformed: a key that has not 32 octets, a nonce that has not 12.
Result<Bytes> aes_256_gcm_seal(const SecretBytes& key, ByteView nonce, ByteView context,
                               ByteView plaintext);

// Malformed: changed by one bit, another key, another nonce or another context: which, nobody
// knows.
Result<SecretBytes> aes_256_gcm_open(const SecretBytes& key, ByteView nonce, ByteView context,
                                     ByteView sealed);

// AES-256-CBC with the padding of PKCS #7. It hides, and proves nothing: only for formats that
// prescribe it. Malformed: a key of another length than 32, an IV of another than 16, bad padding.
Result<Bytes> aes_256_cbc_encrypt(const SecretBytes& key, ByteView iv, ByteView plaintext);
Result<SecretBytes> aes_256_cbc_decrypt(const SecretBytes& key, ByteView iv, ByteView ciphertext);

// PBKDF2 with HMAC-SHA1 (RFC 8018, 5.2). The passphrase may hold any octet.
// Malformed: no iterations, or a key of no octets.
Result<SecretBytes> pbkdf2_hmac_sha1(ByteView passphrase, ByteView salt, int iterations,
                                     std::size_t key_octets);

}  // namespace everseal::crypto
