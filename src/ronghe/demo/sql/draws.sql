-- Draws that look random and are not: the same on every platform and version, for the same seed.
-- Multiplications modulo different primes near 2^31, with bits flipped by the salt in between, so
-- that two salts of one key have nothing to do with each other. Every product stays under 2^62.

create or replace macro flipped(bits, salt) as xor(bits, (salt::bigint * 1540483477) % 2147483648);

create or replace macro draw(key, salt) as
    (flipped((flipped(((key::bigint % 2147483647) * 1597334677 + getvariable('seed')) % 2147483629, salt)
        * 1103515245) % 2147483587, salt + 7) * 747796405) % 2147483579;

-- A text as a key.
create or replace macro key_of(words) as (md5_number_lower(words) % 2147483647)::bigint;

-- A draw as a fraction in [0, 1).
create or replace macro fraction(drawn) as drawn / 2147483579.0::double;

-- A draw as one of the whole numbers 0 .. many - 1.
create or replace macro pick(drawn, many) as (drawn % many)::integer;

-- A draw as a bell-shaped number with mean 0 and standard deviation 1, between -3.5 and 3.5.
create or replace macro bell(drawn) as
    ((drawn & 127) + ((drawn >> 7) & 127) + ((drawn >> 14) & 127) + ((drawn >> 21) & 127) - 254)
        / 73.9::double;

-- The part of `whole` that falls to weights from `below` up to `upto` of `total`.
create or replace macro portion(whole, below, upto, total) as
    (whole * upto) // total - (whole * below) // total;

-- A number with zeros in front, at least so wide.
create or replace macro padded(number, width) as
    lpad(number::varchar, greatest(width, length(number::varchar))::integer, '0');
