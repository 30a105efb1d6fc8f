"""What is said of a case of RELOG that cannot be taken over as it is."""

from __future__ import annotations

MESSAGES = {
    "the file is not JSON: {error}": "JSON でない：{error}",
    "the document is not an object": "全体がオブジェクト（{{ ... }}）でない",
    "give a case as RELOG reads it": "RELOG が読む形の事例を与える",
    "the key stands twice in one object": "一つのオブジェクトに同じキーが二度ある",
    "leave one of them": "一方だけを残す",
    "is not an object": "オブジェクトでない",
    "write {{ ... }}": "{{ ... }} と書く",
    "is not a list of objects": "オブジェクトのリストでない",
    "write [{{ ... }}]": "[{{ ... }}] と書く",
    "{value} is not a text": "{value} は文字列でない",
    "write the name of a product": "製品の名前を書く",
    "is not a list of texts": "文字列のリストでない",
    "is missing": "値がない",
    "state it, as RELOG asks for it": "RELOG に必要な値であり、これを書く",
    "write one number, or one for each year": "数値を一つ、または年ごとに一つずつ書く",
    "{number} is below {least}": "{number} は {least} より小さい",
    "write {least} or more": "{least} 以上の値を書く",
    "write 1 or more": "1 以上の値を書く",
    "{metric} is no metric that is known": "距離の種類 {metric} は不明",
    "write Euclidean or driving": "Euclidean か driving と書く",
    "{years} is no number of years": "{years} は年数でない",
    "no product enters": "受け入れる製品がない",
    "name one, such as 100 %": "100 % のように、一つを書く",
    "{capacity} is no capacity in tonnes": "{capacity} はトン単位の能力でない",
    "write a number, such as 250.0": "250.0 のように、数値を書く",
    "{value} is no position": "{value} は位置でない",
    "state {lat} and {lon}: RELOG looks such names up in a geographic database of its own": (
        "{lat} と {lon} を書く。RELOG は地名を自身の地理データベースで調べるが、ここにはない"
    ),
    "there is no product {name}": "製品 {name} がない",
    "describe it under products": "products に書き加える",
    "no capacity is above 0 t": "0 t を超える能力がない",
    "state one": "一つを書く",
}
