"""The smallest JSON answer of Flask: the floor to stay under with a database behind it."""
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return {"hello": "world"}
